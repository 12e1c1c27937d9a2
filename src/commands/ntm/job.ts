// Lets ntm do one task with some beads, and returns the result of each. Shows no dialogs.
import type { Assignment, AssignmentStore } from "../../assignment";
import {
  ntmAssignCommand,
  ntmClearCommand,
  ntmCommand,
  ntmReassignCommand,
  ntmRunCommand,
  UnquotableArgumentError,
  type CommandLine,
  type Override,
} from "../../ntm/commandLine";
import { runNtm, type NtmRun } from "../../ntm/program";
import type { NtmOutcome } from "../../ntm/outcome";
import type { NtmTask } from "../../session/rowActivity";
import type { NtmRefusal } from "../../messages/ntmOutcome";
import type { ProgramError } from "../../util/program";

export interface NtmBead {
  readonly beadId: string;
  /** The row as the user saw it; `undefined` for a bead without one. */
  readonly row: Assignment | undefined;
}

export interface NtmJob {
  readonly store: AssignmentStore;
  readonly task: NtmTask;
  readonly beads: readonly NtmBead[];
  /** `%N`: where to; a retry without it leaves the choice to ntm. */
  readonly paneId?: string | undefined;
  /** What the user agreed to, for this job alone. */
  readonly overrides?: readonly Override[];
}

export type BeadEnd =
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly refusal: NtmRefusal }
  | { readonly kind: "failed"; readonly error: ProgramError }
  /** The row was replaced or changed before ntm was started for it. */
  | { readonly kind: "changed"; readonly seen: Assignment; readonly now: Assignment | undefined }
  /** This window's ntm is at it already. */
  | { readonly kind: "busy" }
  | { readonly kind: "unquotable"; readonly error: UnquotableArgumentError }
  /** Canceled before its turn came. */
  | { readonly kind: "not-started" };

export interface NtmBeadResult extends NtmBead {
  readonly end: BeadEnd;
}

/** A call of ntm, which may take several beads. */
export interface NtmCall {
  readonly command: CommandLine;
  readonly beads: readonly NtmBead[];
}

/** The calls of a job, and the beads that no command line can name. */
export function callsOf(job: NtmJob): {
  readonly calls: readonly NtmCall[];
  readonly unquotable: readonly NtmBeadResult[];
} {
  const calls: NtmCall[] = [];
  const unquotable: NtmBeadResult[] = [];
  for (const bead of job.beads) {
    try {
      calls.push({ command: commandOf(job, bead), beads: [bead] });
    } catch (error) {
      if (!(error instanceof UnquotableArgumentError)) throw error;
      unquotable.push({ ...bead, end: { kind: "unquotable", error } });
    }
  }
  const rows = calls.flatMap(({ beads }) => beads.flatMap(({ row }) => row ?? []));
  if (job.task !== "clear" || calls.length < 2) return { calls, unquotable };
  // The one task for which ntm takes a list.
  const command = ntmClearCommand(job.store.sessionName, rows);
  return { calls: [{ command, beads: calls.flatMap(({ beads }) => beads) }], unquotable };
}

function commandOf({ store: { sessionName }, task, paneId = "" }: NtmJob, { beadId, row }: NtmBead): CommandLine {
  switch (task) {
    case "assign":
      return ntmAssignCommand(sessionName, beadId, paneId);
    case "reassign":
      return ntmReassignCommand(sessionName, beadId, paneId);
    case "retry":
    case "clear":
      if (row === undefined) throw new Error(`${task} needs a row`);
      return ntmCommand(sessionName, row, task);
  }
}

/** The command line that is run, with what it overrides. */
function runCommand({ task, paneId, overrides = [] }: NtmJob, command: CommandLine): CommandLine {
  return ntmRunCommand(command, { overrides, ...(task === "retry" && paneId !== undefined && { toPane: paneId }) });
}

/** Those rows that are still what the user saw, and those that aren't: ntm goes by the bead's id alone. */
export async function checkRows(
  job: NtmJob,
): Promise<{ readonly same: readonly NtmBead[]; readonly changed: readonly NtmBeadResult[] }> {
  await job.store.load();
  const same: NtmBead[] = [];
  const changed: NtmBeadResult[] = [];
  for (const bead of job.beads) {
    const now = job.store.get(bead.beadId);
    if (bead.row === undefined || isSameState(bead.row, now)) same.push(bead);
    else changed.push({ ...bead, end: { kind: "changed", seen: bead.row, now } });
  }
  return { same, changed };
}

const decisive = [
  "idempotency_key",
  "assigned_at",
  "status",
  "dispatch_state",
  "clear_state",
  "occupancy_key",
] as const;

function isSameState(seen: Assignment, now: Assignment | undefined): boolean {
  return now !== undefined && (seen === now || decisive.every((name) => seen[name] === now[name]));
}

/** One call after the other, as ntm's own steps would wait for each other; ends early when the signal fires. */
export async function runCalls(
  job: NtmJob,
  calls: readonly NtmCall[],
  run: NtmRun,
  onWillCall: (command: CommandLine, call: NtmCall) => Partial<NtmRun>,
): Promise<readonly NtmBeadResult[]> {
  const results: NtmBeadResult[] = [];
  for (const call of calls) {
    if (run.signal?.aborted === true) {
      results.push(...call.beads.map((bead): NtmBeadResult => ({ ...bead, end: { kind: "not-started" } })));
      continue;
    }
    const command = runCommand(job, call.command);
    const outcome = await runNtm(command, { ...run, ...onWillCall(command, call) });
    results.push(...call.beads.map((bead) => ({ ...bead, end: endOf(bead.beadId, call, outcome) })));
  }
  return results;
}

function endOf(beadId: string, call: NtmCall, outcome: NtmOutcome): BeadEnd {
  switch (outcome.kind) {
    case "failed":
      return { kind: "failed", error: outcome.error };
    case "ok":
      return { kind: "done" };
    case "refused":
      // Of a list, ntm does what it can.
      if (call.beads.length > 1 && outcome.beads.some((bead) => bead.beadId === beadId && bead.isDone)) {
        return { kind: "done" };
      }
      return { kind: "refused", refusal: outcome };
  }
}
