// Reads the lines of a file piece by piece, so that a huge file neither blocks the event loop nor fills the memory.
import type { FileHandle } from "node:fs/promises";

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
export async function readLines(
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
