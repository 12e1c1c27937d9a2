// Which beads can be started now, as `br ready` lists them.
import { exists } from "../util/exists";
import { ProgramError } from "../util/program";
import { refusalMessage, runBr, type BrOptions } from "./br";
import { decodeIssue, isSameIssue, type Issue } from "./issue";

export interface ReadyBead extends Issue {
  /** Its beginning; empty when there is none. */
  readonly description: string;
}

/** What is kept of a description. */
const maxDescriptionLength = 1000;

/**
 * - `ready`: the beads, most worthwhile first, in `br`'s own order
 * - `no-project`, `no-beads-folder`: there is no tracker to ask
 * - `no-br`: there is no such program, or it may not be executed
 * - `timed-out`: it took longer than five seconds
 * - `would-import`: this `br` imports changes of the file into its database before it answers, and wasn't asked for that
 * - `refused`: it ended with an error, or was ended by another process
 * - `bad-output`: it printed something else than a list of beads
 */
export type ReadyState =
  | { readonly kind: "ready"; readonly beads: readonly ReadyBead[] }
  | { readonly kind: "no-project" | "no-beads-folder" | "no-br" | "timed-out" | "bad-output" | "would-import" }
  | { readonly kind: "refused"; readonly message: string };

const readyTimeoutMs = 5000;

/** Without these, `br` may change its database, and the file, before it answers. */
const readOnlyFlags = ["--no-auto-import", "--no-auto-flush"];

export interface AskOptions {
  /** Whether a `br` that is too old to be asked without importing may be asked all the same. */
  readonly mayImport: boolean;
  readonly timeoutMs?: number;
}

/** `undefined`: it was aborted. */
export async function askReady(
  options: BrOptions,
  { mayImport, timeoutMs = readyTimeoutMs }: AskOptions,
): Promise<ReadyState | undefined> {
  const args = ["ready", "--json", "--limit", "0"];
  try {
    return decodeReady((await runBr(options, [...args, ...readOnlyFlags], timeoutMs)).stdout);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    if (!refusesFlags(error)) return stateOfFailure(error, options.projectFolder);
  }
  if (!mayImport) return { kind: "would-import" };
  try {
    return decodeReady((await runBr(options, args, timeoutMs)).stdout);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    return stateOfFailure(error, options.projectFolder);
  }
}

/** An unknown flag is named in the error, with exit code 2. */
function refusesFlags(error: ProgramError): boolean {
  const { stdout, stderr } = error.output;
  return error.failure === "refused" && readOnlyFlags.some((flag) => `${stdout}\n${stderr}`.includes(flag));
}

/** Entries that are no beads are left out; a list of nothing but such entries isn't understood. */
export function decodeReady(stdout: string): ReadyState {
  let printed: unknown;
  try {
    printed = JSON.parse(stdout);
  } catch {
    return { kind: "bad-output" };
  }
  if (!Array.isArray(printed)) return { kind: "bad-output" };
  const beads = printed.flatMap((entry: unknown) => decodeReadyBead(entry) ?? []);
  return beads.length === 0 && printed.length > 0 ? { kind: "bad-output" } : { kind: "ready", beads };
}

function decodeReadyBead(entry: unknown): ReadyBead | undefined {
  const issue = decodeIssue(entry);
  if (issue === undefined) return undefined;
  const description = (entry as Readonly<Record<string, unknown>>)["description"];
  const start = typeof description === "string" ? description.slice(0, maxDescriptionLength) : "";
  return Object.assign(issue, { description: start });
}

/** The state after, in which beads that didn't change are the objects they were; the state before when nothing changed. */
export function keepSame(before: ReadyState | undefined, after: ReadyState): ReadyState {
  if (before?.kind === "ready" && after.kind === "ready") {
    const known = new Map(before.beads.map((bead) => [bead.id, bead]));
    const beads = after.beads.map((bead) => {
      const same = known.get(bead.id);
      const isSame = same !== undefined && isSameIssue(same, bead) && same.description === bead.description;
      return isSame ? same : bead;
    });
    const isSame = beads.length === before.beads.length && beads.every((bead, index) => bead === before.beads[index]);
    return isSame ? before : { kind: "ready", beads };
  }
  if (before?.kind === "refused" && after.kind === "refused" && before.message !== after.message) return after;
  return before?.kind === after.kind ? before : after;
}

async function stateOfFailure(error: ProgramError, projectFolder: string): Promise<ReadyState | undefined> {
  switch (error.failure) {
    case "not-found":
      // A program isn't found in a folder that is gone, either.
      return (await exists(projectFolder)) ? { kind: "no-br" } : { kind: "no-project" };
    case "timed-out":
    case "bad-output":
      return { kind: error.failure };
    case "refused":
    case "killed":
      return { kind: "refused", message: refusalMessage(error) };
    case "aborted":
      return undefined;
  }
}
