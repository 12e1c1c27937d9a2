// A message for every error of the package `assignment`: what failed, on what, why, and what to do next.
import { l10n } from "vscode";
import {
  AssignmentHeldError,
  AssignmentNotFoundError,
  ConcurrentMutationError,
  InvalidSessionNameError,
  InvalidTransitionError,
  isLockMissing,
  PersistenceError,
  isFinished,
  type AssignmentStatus,
  type LedgerHealth,
} from "../assignment";
import type { CommandName } from "../contributions";
import { holdExplanation } from "./hold";
import { persistenceExplanation } from "./persistence";
import { sanitize } from "./sanitize";
import { statusWord } from "./status";

/** The state of the ledger besides the error. */
export interface ErrorContext {
  readonly health: LedgerHealth;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The status that was shown when the user took the step. */
  readonly shownStatus?: string | undefined;
}

export function errorExplanation(error: unknown, context: ErrorContext): Explanation {
  if (error instanceof AssignmentHeldError) return holdExplanation(error.beadId, error.hold, context.now);
  if (error instanceof InvalidTransitionError) return invalidTransition(error, context.shownStatus);
  if (error instanceof ConcurrentMutationError) return concurrentMutation(error);
  if (error instanceof AssignmentNotFoundError) {
    return {
      sentence: l10n.t("{0} isn't in the ledger.", sanitize(error.beadId)),
      next: l10n.t("The list shows the current state."),
    };
  }
  if (isLockMissing(error)) return missingLockExplanation();
  if (error instanceof PersistenceError) return persistenceExplanation(error, context.health);
  if (error instanceof InvalidSessionNameError) {
    return {
      sentence: l10n.t("“{0}” isn't a valid session name.", sanitize(error.sessionName)),
      next: l10n.t("A session name can contain only letters, digits, “_” and “-”."),
    };
  }
  return {
    sentence: l10n.t(
      "An unexpected error occurred: “{0}”.",
      sanitize(error instanceof Error ? error.message : String(error), 200),
    ),
    next: l10n.t("See the log for details."),
    command: "showLog",
  };
}

function invalidTransition({ beadId, from, to }: InvalidTransitionError, shownStatus: string | undefined): Explanation {
  const bead = sanitize(beadId);
  if (shownStatus !== undefined && shownStatus !== from) {
    return {
      sentence: l10n.t("Another process changed {0} from {2} to {1}.", bead, statusWord(from), statusWord(shownStatus)),
      next: l10n.t("Nothing was changed. The list shows the current state."),
    };
  }
  return { sentence: refusedTransition(bead, from, to), ...nextFrom(from, to) };
}

function refusedTransition(bead: string, from: AssignmentStatus, to: AssignmentStatus): string {
  switch (to) {
    case "assigned":
      return l10n.t("Can't retry {0} because it is {1}.", bead, statusWord(from));
    case "reassigned":
      return from === "failed"
        ? l10n.t("Can't reassign {0} because it failed.", bead)
        : l10n.t("Can't reassign {0} because it is {1}.", bead, statusWord(from));
    default:
      return l10n.t("{0} is {1} and can't become {2}.", bead, statusWord(from), statusWord(to));
  }
}

function nextFrom(from: AssignmentStatus, to: AssignmentStatus): Pick<Explanation, "next" | "command"> {
  if (isFinished(from)) return { next: l10n.t("It is finished. Remove it, or assign the bead again.") };
  if (from === "assigned" && to === "reassigned") {
    return { next: l10n.t("Mark it as working first."), command: "startAndReassign" };
  }
  if (from === "failed" && to === "reassigned") {
    return { next: l10n.t("Retry it first."), command: "retryAndReassign" };
  }
  return { next: l10n.t("Nothing was changed.") };
}

function concurrentMutation({ beadId, operation }: ConcurrentMutationError): Explanation {
  const bead = sanitize(beadId);
  const next = l10n.t("Nothing was changed. The list shows the current state.");
  switch (operation) {
    case "create":
      return { sentence: l10n.t("Another process just assigned {0}.", bead), next };
    case "update removed assignment":
      return { sentence: l10n.t("Another process just removed {0}.", bead), next };
    case "replace":
    case "remove":
      return { sentence: l10n.t("Another process just changed {0}.", bead), next };
    case "update superseded generation":
      return { sentence: l10n.t("Another process just reassigned {0}.", bead), next };
  }
}

export interface Explanation {
  /** What happened, to what, and why. */
  readonly sentence: string;
  /** What to do next. */
  readonly next: string;
  /** The command for that, if there is one. */
  readonly command?: Extract<
    CommandName,
    | "closeBead"
    | "compareWithBackup"
    | "release"
    | "retryAndReassign"
    | "startAndReassign"
    | "resolveDispatch"
    | "openSessionTerminal"
    | "diagnoseLedger"
    | "repairLedger"
    | "openLedger"
    | "refresh"
    | "showLog"
  >;
}

export function missingLockExplanation(): Explanation {
  return {
    sentence: l10n.t("Ledgers can't be locked on this machine, so they are shown read-only."),
    next: l10n.t("See the log for why the lock couldn't be loaded."),
    command: "showLog",
  };
}
