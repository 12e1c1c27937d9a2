// A program in the place of `br`, which does what a test says and notes how it was called. A shell script, for it starts
// twenty times as fast as a Node.
import * as fs from "node:fs";
import * as path from "node:path";

interface Call {
  readonly args: readonly string[];
  readonly cwd: string;
}

const endOfCall = "\x1e";

export class StandInBr {
  readonly program: string;
  private readonly notes: string;
  private readonly body: string;

  /** @param folder where the program and its notes are put */
  constructor(folder: string) {
    this.program = path.join(folder, "br");
    this.notes = path.join(folder, "calls");
    this.body = path.join(folder, "body.sh");
    const note = `printf '%s\\0' "$PWD" "$@" '${endOfCall}' >> '${this.notes}'`;
    fs.writeFileSync(this.program, `#!/bin/sh\n${note}\n. '${this.body}'\n`, { mode: 0o755 });
    this.does("");
  }

  /** @param script of a shell, with the arguments as its own */
  does(script: string): void {
    fs.writeFileSync(`${this.body}.tmp`, `${script}\n`);
    fs.renameSync(`${this.body}.tmp`, this.body);
  }

  get calls(): Call[] {
    if (!fs.existsSync(this.notes)) return [];
    const calls = fs.readFileSync(this.notes, "utf8").split(`${endOfCall}\0`).slice(0, -1);
    return calls.map((call) => {
      const [cwd = "", ...args] = call.split("\0").slice(0, -1);
      return { args, cwd };
    });
  }
}

/** Shell code that prints the value as JSON, or the text as it is. */
export function printing(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
  return `cat <<'END_OF_TEXT'\n${text}\nEND_OF_TEXT\n`;
}
