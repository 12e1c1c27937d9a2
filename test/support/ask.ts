// How a program of the tests waits for its parent: it says a word, and goes on with the next line from there.
import * as fs from "node:fs";
import { once } from "node:events";

/** Prints the word on a line of its own; resolves when the parent has sent anything, or has closed the pipe. */
export async function ask(word: string): Promise<void> {
  fs.writeSync(1, `${word}\n`);
  process.stdin.resume();
  await Promise.race([once(process.stdin, "data"), once(process.stdin, "end")]);
  process.stdin.destroy();
}
