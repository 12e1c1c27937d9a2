// Closes a bead in the tracker.
import * as z from "zod/mini";
import { ProgramError, type ProgramOutput } from "../util/program";
import { jsonDocuments, refusalMessage, runBr, type BrOptions } from "./br";

/**
 * - `closed`; `already-closed`: before this was asked
 * - `closed-file-behind`: in the database alone, for the file couldn't be written, in `br`'s own words
 * - `no-such-bead`: the tracker doesn't have exactly this id; nothing was changed
 * - `refused`: nothing was changed, in `br`'s own words; for instance because open beads block it
 * - `no-br`: there is no such program
 * - `unknown`: `br` was ended, or said something that isn't understood; the bead may be closed all the same
 * - `invalid-text`: the id or the reason can't be an argument of a program
 */
export type CloseOutcome =
  | { readonly kind: "closed" | "already-closed" | "no-such-bead" | "no-br" | "invalid-text" }
  | { readonly kind: "refused" | "closed-file-behind"; readonly message: string }
  | { readonly kind: "unknown"; readonly cause: "timed-out" | "aborted" | "killed" | "bad-output" };

/** `br` waits for its database's lock when others write. */
const timeoutMs = 15_000;
/** Well below what systems allow for one argument. */
const maxTextLength = 20_000;

const shownSchema = z.array(z.object({ id: z.string(), status: z.string() })).check(z.length(1));
const closedListSchema = z.array(z.object({ id: z.string() }));
/** With a remark, the list is a part of the result. */
const closedSchema = z.union([z.object({ closed: closedListSchema }), closedListSchema]);
const warningSchema = z.object({
  warning: z.object({ code: z.literal("AUTO_FLUSH_FAILED"), error: z._default(z.string(), "") }),
});
const notFoundSchema = z.object({ error: z.object({ code: z.literal("ISSUE_NOT_FOUND") }) });
const skippedSchema = z.object({ skipped: z.array(z.object({ id: z.string(), reason: z.string() })) });

/** @param reason why, for the tracker's history; a blank one is left out */
export async function closeBead(options: BrOptions, beadId: string, reason: string): Promise<CloseOutcome> {
  if (!isArgument(beadId) || !isArgument(reason)) return { kind: "invalid-text" };
  // Without an id `br` closes the bead it touched last.
  if (beadId.trim() === "") return { kind: "no-such-bead" };
  try {
    return (await refusalByState(options, beadId)) ?? (await close(options, beadId, reason));
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    return outcomeOfFailure(error, beadId);
  }
}

/** `br` takes a part of an id for the one bead that has it, and would close that: so it is asked what it takes this for. */
async function refusalByState(options: BrOptions, beadId: string): Promise<CloseOutcome | undefined> {
  const { stdout } = await runBr(options, ["show", "--json", "--", beadId], timeoutMs);
  const shown = shownSchema.safeParse(jsonDocuments(stdout)[0]);
  if (!shown.success) return { kind: "refused", message: stdout.trim().slice(0, 500) };
  const [bead] = shown.data;
  if (bead?.id !== beadId) return { kind: "no-such-bead" };
  return bead.status === "closed" ? { kind: "already-closed" } : undefined;
}

async function close(options: BrOptions, beadId: string, reason: string): Promise<CloseOutcome> {
  // Written as one argument, and with the id after the end of the options, neither can be taken for an option.
  const reasonArgs = reason.trim() === "" ? [] : [`--reason=${reason}`];
  const output = await runBr(options, ["close", "--json", ...reasonArgs, "--", beadId], timeoutMs);
  const isClosed = jsonDocuments(output.stdout).some((printed) => {
    const { data } = closedSchema.safeParse(printed);
    const closed = data === undefined || Array.isArray(data) ? data : data.closed;
    return closed?.some(({ id }) => id === beadId) === true;
  });
  return isClosed ? (fileBehind(output) ?? { kind: "closed" }) : { kind: "unknown", cause: "bad-output" };
}

/** `br` ends with exit code 0 all the same. */
function fileBehind({ stderr }: ProgramOutput): CloseOutcome | undefined {
  for (const printed of jsonDocuments(stderr)) {
    const { data } = warningSchema.safeParse(printed);
    if (data !== undefined) return { kind: "closed-file-behind", message: data.warning.error };
  }
  return undefined;
}

function outcomeOfFailure(error: ProgramError, beadId: string): CloseOutcome {
  switch (error.failure) {
    case "not-found":
      return { kind: "no-br" };
    case "refused":
      return outcomeOfRefusal(error, beadId);
    case "timed-out":
    case "aborted":
    case "killed":
    case "bad-output":
      return { kind: "unknown", cause: error.failure };
  }
}

function outcomeOfRefusal(error: ProgramError, beadId: string): CloseOutcome {
  const { stdout, stderr } = error.output;
  for (const printed of [...jsonDocuments(stdout), ...jsonDocuments(stderr)]) {
    if (notFoundSchema.safeParse(printed).success) return { kind: "no-such-bead" };
    const decoded = skippedSchema.safeParse(printed);
    const skipped = decoded.success ? decoded.data.skipped.find(({ id }) => id === beadId) : undefined;
    // Another process closed it meanwhile.
    if (skipped?.reason === "already closed") return { kind: "already-closed" };
    if (skipped !== undefined) return { kind: "refused", message: skipped.reason };
  }
  return { kind: "refused", message: refusalMessage(error) };
}

function isArgument(text: string): boolean {
  return text.length <= maxTextLength && !text.includes("\0");
}
