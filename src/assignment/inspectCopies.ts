// What is on disk of a ledger, copy by copy, without any of its content: for bug reports.
import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import { decodeLedger } from "../ledger/codec";
import { readPair, type CopyOnDisk } from "../ledger/files";
import { ledgerPaths } from "../ledger/paths";
import { ledgerPath } from "./storage";

export interface InspectedCopy {
  readonly name: "assignments.json" | "assignments.json.bak" | "assignments.json.lock";
  readonly size?: number;
  /** RFC 3339. */
  readonly modifiedAt?: string;
  /** Of the bytes, in hexadecimal. */
  readonly sha256?: string;
  /** `absent`, `ok`, `busy` while it is saved again and again, or the code of what is wrong with it. */
  readonly state: string;
}

/** @throws {InvalidSessionNameError} */
export async function inspectCopies(sessionName: string, storageDir: string): Promise<readonly InspectedCopy[]> {
  const paths = ledgerPaths(storageDir, ledgerPath(sessionName, storageDir));
  const pair = await readPair(paths);
  return Promise.all([
    inspected("assignments.json", paths.primary, sessionName, pair?.primary),
    inspected("assignments.json.bak", paths.backup, sessionName, pair?.backup),
    lockFile(paths.lock),
  ]);
}

async function inspected(
  name: InspectedCopy["name"],
  file: string,
  sessionName: string,
  copy: CopyOnDisk | undefined,
): Promise<InspectedCopy> {
  const facts = { name, ...(await sizeAndTime(file)) };
  switch (copy?.kind) {
    case undefined:
      return { ...facts, state: "busy" };
    case "absent":
      return { name, state: "absent" };
    case "problem":
      return { ...facts, state: copy.code };
    case "file": {
      const sha256 = createHash("sha256").update(copy.bytes).digest("hex");
      const state = decodeLedger(copy.bytes, sessionName).fault?.code ?? "ok";
      return { ...facts, size: copy.bytes.length, sha256, state };
    }
  }
}

async function lockFile(file: string): Promise<InspectedCopy> {
  const facts = await sizeAndTime(file);
  return { name: "assignments.json.lock", ...facts, state: facts.modifiedAt === undefined ? "absent" : "ok" };
}

/** Nothing where the file can't be seen; what is wrong then is in the state. */
async function sizeAndTime(file: string): Promise<{ readonly size?: number; readonly modifiedAt?: string }> {
  try {
    const { size, mtime } = await fs.lstat(file);
    return { size, modifiedAt: mtime.toISOString() };
  } catch {
    return {};
  }
}
