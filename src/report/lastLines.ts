// The end of a text file that grows, such as a log.
import * as fs from "node:fs/promises";

/** What is read of it at most. */
const mostBytes = 262_144;

/** @returns nothing if there is no such file, or it can't be read */
export async function lastLines(file: string, count: number): Promise<readonly string[]> {
  let text: string;
  let isWhole: boolean;
  try {
    const handle = await fs.open(file, "r");
    try {
      const { size } = await handle.stat();
      const start = Math.max(0, size - mostBytes);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
      text = buffer.toString("utf8", 0, bytesRead);
      isWhole = start === 0;
    } finally {
      await handle.close();
    }
  } catch {
    return []; // A report without it is better than none.
  }
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.slice(isWhole ? 0 : 1).slice(-count);
}
