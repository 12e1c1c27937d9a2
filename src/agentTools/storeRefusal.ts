// An error of the store as a refusal: the reason, and what to do about it.
import {
  AssignmentHeldError,
  AssignmentNotFoundError,
  ConcurrentMutationError,
  InvalidTransitionError,
  isFinished,
  isLockMissing,
  LockTimeoutError,
  PersistenceError,
  type Assignment,
  type AssignmentStore,
  type LedgerHealth,
} from "../assignment";
import { refusal, type ToolAnswer } from "./answer";
import { oneLine, quoted } from "./oneLine";
import { holdReason, rowFacts } from "./rowFacts";
import { ntmCommands, nextStep } from "./nextStep";

/** @throws what isn't an error of the store */
export function storeRefusal(error: unknown, store: AssignmentStore, row: Assignment): ToolAnswer {
  const bead = quoted(row.bead_id);
  const facts = { bead: rowFacts(store.get(row.bead_id) ?? row) };
  if (error instanceof AssignmentHeldError) {
    const commands = ntmCommands(store.sessionName, row);
    return refusal(
      "held",
      `${bead} was not changed. ${holdReason(error.hold)}`,
      nextStep(store.sessionName, row, error.hold),
      {
        ...facts,
        hold: error.hold.code,
        ...(commands.length > 0 && { ntm_commands: commands }),
      },
    );
  }
  if (error instanceof InvalidTransitionError) {
    return refusal(
      "invalid-transition",
      `${bead} is ${oneLine(error.from, 40)} and can't become ${error.to}.`,
      nextFrom(error),
      facts,
    );
  }
  if (error instanceof ConcurrentMutationError || error instanceof AssignmentNotFoundError) {
    return refusal(
      "changed-meanwhile",
      `Another process has just changed or removed ${bead}. Nothing was changed.`,
      "Ask for my_bead again, and decide by what it says.",
    );
  }
  if (isLockMissing(error)) {
    return refusal(
      "ledger-trouble",
      "The ledger can't be locked on this machine, so it can be read but not changed.",
      "Tell the user; the bead's status has to be set with ntm.",
      facts,
    );
  }
  if (error instanceof PersistenceError) {
    if (error.cause instanceof LockTimeoutError) {
      return refusal(
        "ledger-trouble",
        "Another program keeps the ledger locked. Nothing was changed.",
        "Try again.",
        facts,
      );
    }
    return refusal(
      "ledger-trouble",
      `The ledger was not changed: ${quoted(error.message, 300)}.`,
      "Tell the user; the extension's command Diagnose Ledger says what helps.",
      facts,
    );
  }
  throw error;
}

/** Why the ledger can't be trusted as a whole; its rows may still be shown. */
export function troubleOf(health: Exclude<LedgerHealth, { kind: "ok" }>): string;
export function troubleOf(health: LedgerHealth): string | undefined;
export function troubleOf(health: LedgerHealth): string | undefined {
  if (health.kind === "ok") return undefined;
  const { code, message } = health.problem;
  return `The ledger is in trouble (${code}): ${quoted(message, 300)}. It can't be changed until the user repairs it.`;
}

function nextFrom({ from, to }: InvalidTransitionError): string {
  if (isFinished(from)) return "It is finished; nothing needs to be done.";
  if (from === "failed") return "It has failed; only a retry by ntm or the user brings it back.";
  if (from === "assigned" && to === "completed") return "Call start first, then complete.";
  return "Ask for my_bead to see how it stands.";
}
