// What the menus know of a row: its kind, its status, and a flag for each thing that can be done with it.
import { ntmVerbs, possibleSteps, type Assignment, type RowStep } from "../assignment";

/** The flag of each step; the manifest's `when` clauses match them. None is another one's beginning. */
export const stepFlags: Readonly<Record<RowStep, string>> = {
  markWorking: "can-start",
  markCompleted: "can-complete",
  markFailed: "can-fail",
  retry: "can-retry",
  reassign: "can-reassign",
  remove: "can-remove",
};

const knownStatuses: ReadonlySet<string> = new Set([
  "assigned",
  "working",
  "completed",
  "failed",
  "reassigned",
  "claiming",
  "claimed",
]);

/** Such as `assignment+working+can-complete+can-fail+has-prompt`. @param isWritable whether the ledger may be changed */
export function rowContextValue(row: Assignment, schema: number, isWritable: boolean): string {
  const flags = ["assignment", knownStatuses.has(row.status) ? row.status : "unknown-status"];
  if (isWritable) flags.push(...possibleSteps(row, schema).map((step) => stepFlags[step]));
  if (ntmVerbs(row).length > 0) flags.push("has-ntm-command");
  if (promptOf(row) !== "") flags.push("has-prompt");
  return flags.join("+");
}

/** What was sent to the agent, else what is about to be. */
export function promptOf(row: Assignment): string {
  return row.prompt_sent ?? row.pending_prompt ?? "";
}
