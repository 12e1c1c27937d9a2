// flock(2) as any other program takes it: with perl, which every Debian and every macOS has, and no code of ours.
import { spawn, spawnSync, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import type { Readable, Writable } from "node:stream";
import { atExit } from "./atExit";

const takeInherited = "open(F, '+<&=3') or die; exit(flock(F, $ARGV[0]) ? 0 : 1)";
const takeAndWait = "open(F, '+>>', $ARGV[0]) or die; flock(F, 2) or die; $| = 1; print 'locked'; <STDIN>";
const takeOften =
  "open(F, '+>>', $ARGV[0]) or die; $| = 1; print 'begun '; my $refused = 0;" +
  "for (1 .. $ARGV[1]) { flock(F, 6) ? flock(F, 8) : $refused++; select(undef, undef, undef, 0.0005) } print $refused";
const shared = 1;
const exclusive = 2;
const atOnce = 4;

/** Waits for the lock, blocking this process; it is held until the function returned is called. */
export function lockAsForeigner(file: string, kind: "exclusive" | "shared" = "exclusive"): () => void {
  const descriptor = fs.openSync(file, "a+", 0o600);
  if (!take(descriptor, kind === "shared" ? shared : exclusive)) throw new Error(`perl could not lock ${file}`);
  return () => {
    fs.closeSync(descriptor);
  };
}

/** Whether another program could take the lock at this moment. */
export function isFreeForForeigners(file: string): boolean {
  const descriptor = fs.openSync(file, "a+", 0o600);
  try {
    return take(descriptor, exclusive | atOnce);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** How often another program is refused the lock, of so many attempts while `meanwhile` is called over and over. */
export async function refusalsOfForeigner(
  file: string,
  attempts: number,
  meanwhile: () => Promise<void>,
): Promise<number> {
  const perl = spawn("perl", ["-e", takeOften, file, String(attempts)], { stdio: ["ignore", "pipe", "inherit"] });
  const spare = atExit(() => perl.kill("SIGKILL"));
  let printed = "";
  perl.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const end = once(perl, "close");
  await once(perl.stdout, "data");
  while (perl.exitCode === null && perl.signalCode === null) await meanwhile();
  await end;
  spare();
  return Number(/^begun (\d+)$/.exec(printed)?.[1]);
}

/** The lock belongs to the open file, which perl inherits: it outlives perl and ends with our descriptor. */
function take(descriptor: number, operation: number): boolean {
  const { status, error } = spawnSync("perl", ["-e", takeInherited, String(operation)], {
    stdio: ["ignore", "ignore", "inherit", descriptor],
  });
  if (error !== undefined) throw error;
  return status === 0;
}

/** A process that sits on a lock. */
export class ForeignHolder {
  readonly pid: number;
  readonly #perl: ChildProcessByStdio<Writable, Readable, null>;
  readonly #spare: () => void;

  private constructor(perl: ChildProcessByStdio<Writable, Readable, null>) {
    this.#perl = perl;
    this.pid = perl.pid!;
    this.#spare = atExit(() => perl.kill("SIGKILL"));
  }

  /** Resolves once the lock is held. */
  static async of(file: string): Promise<ForeignHolder> {
    const perl = spawn("perl", ["-e", takeAndWait, file], { stdio: ["pipe", "pipe", "inherit"] });
    const holder = new ForeignHolder(perl);
    await once(perl.stdout, "data");
    return holder;
  }

  async release(): Promise<void> {
    const ended = once(this.#perl, "exit");
    this.#perl.stdin.end();
    await ended;
    this.#spare();
  }
}
