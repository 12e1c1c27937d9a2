// The tracker's `issues.jsonl`, read again only if its `stat` changed.
import { constants } from "node:fs";
import * as fs from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { epochMilliseconds } from "../assignment";
import { errorCode } from "../util/errorCode";
import { fileSignature } from "../util/fileSignature";
import { decodeIssue, isSameIssue, type Issue } from "./issue";

/**
 * - `absent`: there is no such file
 * - `folder`, `symlink`, `special-file`: there is something else; it isn't followed or opened
 * - `too-large`: more than {@link maxFileBytes}
 * - `unreadable`: the system refused, with its error code
 */
export type IssuesState =
  | {
      readonly kind: "read";
      /** By id, in the order of the file. */
      readonly issues: ReadonlyMap<string, Issue>;
      /** Lines that hold no issue, a torn one not counted. */
      readonly badLines: number;
      /** The last line has no newline and no complete issue: it may be being written. */
      readonly isTorn: boolean;
    }
  | { readonly kind: "absent" | "folder" | "symlink" | "special-file" }
  | { readonly kind: "too-large"; readonly bytes: number }
  | { readonly kind: "unreadable"; readonly code: string };

export const maxFileBytes = 1024 * 1024 * 1024;

/** How often a file that is replaced or written while it is read is read again, before the result is taken as it is. */
const attempts = 3;

export class IssuesFile {
  private signature = "";
  private current: IssuesState | undefined;

  constructor(readonly path: string) {}

  /**
   * What the file says now. Issues that didn't change stay the same objects, and so does the whole state. Must not be
   * called again before it settled.
   */
  async read(): Promise<IssuesState> {
    for (let attempt = 1; ; attempt++) {
      const signature = await fileSignature(this.path);
      if (this.current !== undefined && signature === this.signature) return this.current;
      const state = await this.readOnce();
      // Everything comes from one descriptor, but that file may have been replaced, or written in place meanwhile. The
      // signature is the one from before: when it is outdated, the next call reads again.
      const isSettled = (await fileSignature(this.path)) === signature;
      if (!isSettled && attempt < attempts) continue;
      this.signature = signature;
      this.current = isSameState(this.current, state) ? this.current : state;
      return this.current;
    }
  }

  private async readOnce(): Promise<IssuesState> {
    let file: fs.FileHandle | undefined;
    try {
      // A pipe without a writer would keep a plain open waiting.
      file = await fs.open(this.path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      const stat = await file.stat();
      if (stat.isDirectory()) return { kind: "folder" };
      if (!stat.isFile()) return { kind: "special-file" };
      if (stat.size > maxFileBytes) return { kind: "too-large", bytes: stat.size };
      return await this.readIssues(file);
    } catch (error) {
      return stateOfError(errorCode(error));
    } finally {
      await file?.close();
    }
  }

  private async readIssues(file: fs.FileHandle): Promise<IssuesState> {
    const before = this.current?.kind === "read" ? this.current.issues : undefined;
    const issues = new Map<string, Issue>();
    let badLines = 0;
    let isTorn = false;
    await readLines(file, maxFileBytes, (line, isTerminated) => {
      if (line?.trim() === "") return;
      const issue = line === undefined ? undefined : parseIssue(line);
      if (issue === undefined) {
        if (isTerminated) badLines++;
        else isTorn = true;
        return;
      }
      const other = issues.get(issue.id);
      // A merge may leave two lines for one id: the newer one counts.
      if (other !== undefined && isOlder(issue, other)) return;
      const known = before?.get(issue.id);
      issues.set(issue.id, known !== undefined && isSameIssue(known, issue) ? known : issue);
    });
    return { kind: "read", issues, badLines, isTorn };
  }
}

function parseIssue(line: string): Issue | undefined {
  try {
    return decodeIssue(JSON.parse(line));
  } catch {
    // Not JSON: counted by the caller.
    return undefined;
  }
}

function isOlder(a: Issue, b: Issue): boolean {
  const [left, right] = [epochMilliseconds(a.updated_at), epochMilliseconds(b.updated_at)];
  return left !== undefined && right !== undefined && left < right;
}

function stateOfError(code: string): IssuesState {
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return { kind: "absent" };
    case "ELOOP":
      return { kind: "symlink" };
    default:
      return { kind: "unreadable", code };
  }
}

function isSameState(a: IssuesState | undefined, b: IssuesState): a is IssuesState {
  if (a?.kind === "read" && b.kind === "read") {
    if (a.badLines !== b.badLines || a.isTorn !== b.isTorn || a.issues.size !== b.issues.size) return false;
    const others = b.issues.values();
    for (const issue of a.issues.values()) if (issue !== others.next().value) return false;
    return true;
  }
  if (a?.kind === "too-large" && b.kind === "too-large") return a.bytes === b.bytes;
  if (a?.kind === "unreadable" && b.kind === "unreadable") return a.code === b.code;
  return a?.kind === b.kind;
}

/** What is read, and handed out, between two turns of the event loop. */
const chunkBytes = 128 * 1024;
/** A longer line isn't taken: nothing that a tracker writes is near that, and parsing it would block for long. */
export const maxLineBytes = 1024 * 1024;

const newline = 10;

/**
 * Reads from the file's current position to its end, but not beyond so many bytes: it may grow faster than it is read.
 * @param onLine gets each line without its newline; `undefined` for one that is too long.
 *   `isTerminated` is `false` only for a last line without a newline
 */
async function readLines(
  file: FileHandle,
  maxBytes: number,
  onLine: (line: string | undefined, isTerminated: boolean) => void,
): Promise<void> {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  const begun = new BegunLine();
  for (let total = 0; total < maxBytes;) {
    const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) break;
    total += bytesRead;
    let start = 0;
    for (;;) {
      const end = chunk.subarray(0, bytesRead).indexOf(newline, start);
      if (end === -1) break;
      onLine(begun.isEmpty ? chunk.toString("utf8", start, end) : begun.finish(chunk.subarray(start, end)), true);
      start = end + 1;
    }
    begun.append(chunk.subarray(start, bytesRead));
  }
  if (!begun.isEmpty) onLine(begun.finish(Buffer.alloc(0)), false);
}

/** The beginning of a line whose end isn't read yet. */
class BegunLine {
  private pieces: Buffer[] = [];
  private bytes = 0;

  get isEmpty(): boolean {
    return this.bytes === 0;
  }

  append(piece: Buffer): void {
    this.bytes += piece.length;
    if (this.bytes > maxLineBytes) this.pieces = [];
    // A copy, because the chunk is read into again.
    else if (piece.length > 0) this.pieces.push(Buffer.from(piece));
  }

  finish(rest: Buffer): string | undefined {
    this.append(rest);
    const line = this.bytes > maxLineBytes ? undefined : Buffer.concat(this.pieces).toString("utf8");
    this.pieces = [];
    this.bytes = 0;
    return line;
  }
}
