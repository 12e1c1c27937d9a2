// The context value of a row: its kind, its status, and a flag for each command that is available.
import {
  isAtomic,
  isLeased,
  ntmSubcommands,
  paneId,
  allowedTransitions,
  type Assignment,
  type NtmSubcommand,
  type RowTransition,
} from "../../assignment";
import type { CommandName } from "../../contributions";
import type { AttentionReason, Problem } from "../../session/attentionReason";
import { promptOf, rowError } from "../../session/rowFacts";

/** The flag of each step; the manifest's `when` clauses match them. None is another one's beginning. */
export const stepFlags: Readonly<Record<RowTransition, string>> = {
  resolveDispatch: "can-resolve",
  markWorking: "can-start",
  markCompleted: "can-complete",
  markFailed: "can-fail",
  retry: "can-retry",
  reassign: "can-reassign",
  remove: "can-remove",
};

/** What ntm does to a row is the same command, whether the extension or ntm executes it. */
const ntmFlags: Readonly<Record<NtmSubcommand, string>> = {
  retry: stepFlags.retry,
  reassign: stepFlags.reassign,
  clear: "can-release",
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

export function isKnownStatus(status: string): boolean {
  return knownStatuses.has(status);
}

/** Reasons for which the pane's output helps. */
const reasonsToPeek: readonly (AttentionReason | undefined)[] = [
  "waiting",
  "stranded",
  "usage-limit",
  "agent-exited",
  "stuck",
];

/**
 * Such as `assignment+working+can-complete+can-fail+has-prompt`.
 * @param isWritable whether the ledger may be changed
 * @param problem why the row needs attention
 */
export function rowContextValue(
  row: Assignment,
  schema: number,
  isWritable: boolean,
  problem?: Pick<Problem, "reason" | "snoozedUntil">,
): string {
  const reason = problem?.reason;
  const flags = ["assignment", isKnownStatus(row.status) ? row.status : "unknown-status"];
  const subcommands = ntmSubcommands(row);
  if (isWritable) {
    flags.push(
      ...allowedTransitions(row, schema).map((step) => stepFlags[step]),
      ...subcommands.map((subcommand) => ntmFlags[subcommand]),
    );
  }
  if (subcommands.length > 0) flags.push("has-ntm-command");
  if (isClosable(row)) flags.push("can-close");
  const isPlain = isWritable && !isAtomic(row);
  if (isPlain && row.status === "failed" && flags.includes(stepFlags.retry)) flags.push("chain-retry");
  if (isPlain && row.status === "assigned" && flags.includes(stepFlags.markWorking)) flags.push("chain-start");
  if (promptOf(row) !== "") flags.push("has-prompt");
  if (rowError(row) !== undefined) flags.push("has-reason");
  if (problem !== undefined) flags.push(problem.snoozedUntil === undefined ? "needs-attention" : "is-snoozed");
  if (paneId(row) !== undefined) {
    flags.push("has-pane");
    if (reasonsToPeek.includes(reason)) flags.push("needs-peek");
    if (reason === "waiting") flags.push("is-waiting");
  }
  return flags.join("+");
}

/** The commands that may help a row in need, with the flag of rows that have them. */
const helpFlags: Readonly<Partial<Record<CommandName, string>>> = {
  retry: stepFlags.retry,
  reassign: stepFlags.reassign,
  markCompleted: stepFlags.markCompleted,
  markFailed: stepFlags.markFailed,
  resolveDispatch: stepFlags.resolveDispatch,
  release: ntmFlags.clear,
  peekPane: "has-pane",
  goToPane: "has-pane",
  copyNtmCommand: "has-ntm-command",
};

/** The first of the commands that a row has. @param contextValue of the row */
export function firstAvailable(contextValue: string, commands: readonly CommandName[]): CommandName | undefined {
  const flags = contextValue.split("+");
  return commands.find((command) => flags.includes(helpFlags[command] ?? ""));
}

/** Whether closing its bead in the tracker is what ends the row, or its claim: agents, and ntm, take those as done. */
export function isClosable(row: Assignment): boolean {
  if (row.bead_id === "") return false;
  const isWorkedOn = row.status === "assigned" || row.status === "working" || row.status === "completed";
  return isWorkedOn && (isAtomic(row) || isLeased(row));
}
