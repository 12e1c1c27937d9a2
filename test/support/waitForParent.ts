// How a test program waits for its parent process: it prints a line, and goes on when the parent answers.
import * as fs from "node:fs";
import { once } from "node:events";

/** Prints the word on a line of its own; resolves when the parent has sent anything, or has closed the pipe. */
export async function waitForParent(word: string): Promise<void> {
  fs.writeSync(1, `${word}\n`);
  process.stdin.resume();
  await Promise.race([once(process.stdin, "data"), once(process.stdin, "end")]);
  process.stdin.destroy();
}
