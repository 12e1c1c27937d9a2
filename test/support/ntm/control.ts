// What a test tells the stand-in for ntm, and how it is put on a path.
import * as fs from "node:fs";
import * as path from "node:path";

export interface StandInControl {
  /** Refuses with one of ntm's codes, without touching the ledger; not when the flag `unless` is given. */
  readonly refuse?: { readonly code: string; readonly message?: string; readonly unless?: string };
  readonly delayMs?: number;
  /** Ends by SIGKILL amid a dispatch. */
  readonly dies?: boolean;
  /** Can't deliver the prompt, as with an agent that is a shell: the row stays `sending`. */
  readonly strands?: boolean;
  /** Prints this instead of doing anything. */
  readonly output?: string;
}

export interface StandInCall {
  readonly args: readonly string[];
  readonly cwd: string;
}

export function controlFile(home: string): string {
  return path.join(home, "ntm-stand-in.json");
}

export function callsFile(home: string): string {
  return path.join(home, "ntm-stand-in-calls.jsonl");
}

/** The stand-in for ntm in a home folder of a test's own. */
export class NtmStandIn {
  /** To be put first in `PATH`. */
  readonly bin: string;
  readonly program: string;

  constructor(readonly home: string) {
    this.bin = path.join(home, "bin");
    this.program = path.join(this.bin, "ntm");
    fs.mkdirSync(this.bin, { recursive: true });
    const script = path.join(__dirname, "standIn.js");
    // Its own HOME: the extension host's may be another one. In a desktop editor `node` is the editor.
    const lines = [
      `#!/bin/sh`,
      `HOME='${home}' ELECTRON_RUN_AS_NODE=1 exec '${process.execPath}' '${script}' "$@"`,
      "",
    ];
    fs.writeFileSync(this.program, lines.join("\n"), { mode: 0o755 });
  }

  control(control: StandInControl): void {
    fs.writeFileSync(controlFile(this.home), JSON.stringify(control));
  }

  /** Every call so far, in order. */
  get calls(): readonly StandInCall[] {
    if (!fs.existsSync(callsFile(this.home))) return [];
    const lines = fs.readFileSync(callsFile(this.home), "utf8").split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line) as StandInCall);
  }
}
