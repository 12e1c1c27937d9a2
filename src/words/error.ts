// Every error that the package throws, said to a person: what failed, on what, why, and what to do next.
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
import type { Explanation } from "./explanation";
import { holdExplanation } from "./hold";
import { missingLockExplanation, persistenceExplanation } from "./persistence";
import { plain } from "./plain";
import { statusWord } from "./status";

/** What is known of the ledger besides the error. */
export interface ErrorSurroundings {
  readonly health: LedgerHealth;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The status with which the bead was shown when the step was asked for. */
  readonly shownStatus?: string | undefined;
}

export function errorExplanation(error: unknown, surroundings: ErrorSurroundings): Explanation {
  if (error instanceof AssignmentHeldError) return holdExplanation(error.beadId, error.hold, surroundings.now);
  if (error instanceof InvalidTransitionError) return invalidTransition(error, surroundings.shownStatus);
  if (error instanceof ConcurrentMutationError) return concurrentMutation(error);
  if (error instanceof AssignmentNotFoundError) {
    return {
      sentence: l10n.t("{0} isn't in the ledger.", plain(error.beadId)),
      next: l10n.t("The list shows what is there now."),
    };
  }
  if (isLockMissing(error)) return missingLockExplanation();
  if (error instanceof PersistenceError) return persistenceExplanation(error, surroundings.health);
  if (error instanceof InvalidSessionNameError) {
    return {
      sentence: l10n.t("“{0}” can't be the name of a session.", plain(error.sessionName)),
      next: l10n.t("Names have letters, digits, “_” and “-” only."),
    };
  }
  return {
    sentence: l10n.t(
      "Something unexpected happened: “{0}”.",
      plain(error instanceof Error ? error.message : String(error), 200),
    ),
    next: l10n.t("The log has the details."),
    offer: "showLog",
  };
}

function invalidTransition({ beadId, from, to }: InvalidTransitionError, shownStatus: string | undefined): Explanation {
  const bead = plain(beadId);
  if (shownStatus !== undefined && shownStatus !== from) {
    return {
      sentence: l10n.t(
        "{0} was changed by another process: it is {1} now, no longer {2}.",
        bead,
        statusWord(from),
        statusWord(shownStatus),
      ),
      next: l10n.t("Nothing was changed. The list shows how it stands now."),
    };
  }
  return { sentence: refusedStep(bead, from, to), next: nextFrom(from, to) };
}

function refusedStep(bead: string, from: AssignmentStatus, to: AssignmentStatus): string {
  switch (to) {
    case "assigned":
      return l10n.t("{0} is {1}, and only a failed bead can be retried.", bead, statusWord(from));
    case "reassigned":
      return l10n.t("{0} is {1}, and only a bead that is being worked on can be reassigned.", bead, statusWord(from));
    default:
      return l10n.t("{0} is {1} and can't become {2}.", bead, statusWord(from), statusWord(to));
  }
}

function nextFrom(from: AssignmentStatus, to: AssignmentStatus): string {
  if (isFinished(from)) return l10n.t("It is finished: remove it, or assign the bead again.");
  return from === "assigned" && to === "reassigned"
    ? l10n.t("Mark it as working first.")
    : l10n.t("Nothing was changed.");
}

function concurrentMutation({ beadId, operation }: ConcurrentMutationError): Explanation {
  const bead = plain(beadId);
  const next = l10n.t("Nothing was changed. The list shows how it stands now.");
  switch (operation) {
    case "create":
      return { sentence: l10n.t("Another process has just assigned {0}.", bead), next };
    case "update removed assignment":
      return { sentence: l10n.t("Another process has just removed {0}.", bead), next };
    case "replace":
    case "remove":
      return { sentence: l10n.t("Another process has just changed {0}.", bead), next };
    case "update superseded generation":
      return { sentence: l10n.t("Another process has just assigned {0} anew.", bead), next };
  }
}
