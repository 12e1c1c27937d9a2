// The result of closing a bead in the tracker, and what happens next.
import { l10n } from "vscode";
import type { CloseOutcome } from "../tracker/close";
import type { CloseResult } from "../tracker/tracker";
import type { Explanation } from "./error";
import { sanitize } from "./sanitize";

/** What becomes of the row of a bead that is closed. */
export function afterClosing(): string {
  return l10n.t(
    "While “ntm assign --watch” is running, ntm completes the row and releases its file reservations. Otherwise let ntm release it.",
  );
}

/** What came of it. @param beadId the bead's ID in the tracker */
export function closeExplanation(beadId: string, result: CloseResult): Explanation {
  const bead = sanitize(beadId);
  switch (result.kind) {
    case "closed":
      return { sentence: l10n.t("{0} is closed in the tracker.", bead), next: afterClosing() };
    case "closed-file-behind":
      return {
        sentence: l10n.t(
          "{0} is closed in the tracker, but the tracker's file wasn't updated: “{1}”.",
          bead,
          sanitize(result.message, 200),
        ),
        next: l10n.t("Until “br sync --flush-only” succeeds, others may not see it."),
      };
    case "already-closed":
      return { sentence: l10n.t("{0} was already closed in the tracker.", bead), next: afterClosing() };
    case "no-such-bead":
      return {
        sentence: l10n.t("The tracker of this session's project has no bead {0}. Nothing was changed.", bead),
        next: l10n.t("Check that the session's project is the right one."),
      };
    case "refused":
      return {
        sentence:
          result.message === ""
            ? l10n.t("The tracker refused to close {0}.", bead)
            : l10n.t("The tracker refused to close {0}: “{1}”.", bead, sanitize(result.message, 200)),
        next: l10n.t("Nothing was changed."),
      };
    case "no-br":
      return {
        sentence: l10n.t("{0} wasn't closed, because the program “br” wasn't found.", bead),
        next: l10n.t("Install it, or set “ntmAssignments.programs.br” to its path."),
      };
    case "invalid-text":
      return {
        sentence: l10n.t("{0} wasn't closed, because its ID or the reason can't be passed to a program.", bead),
        next: l10n.t("Enter a shorter reason without control characters."),
      };
    case "no-project":
      return {
        sentence: l10n.t("{0} wasn't closed, because the project folder of its session isn't known.", bead),
        next: l10n.t("Open the project as a workspace folder with the session's name."),
      };
    case "no-beads-folder":
      return {
        sentence: l10n.t("{0} wasn't closed, because the project of its session has no tracker.", bead),
        next: l10n.t("Check that the session's project is the right one."),
      };
    case "unknown":
      return unknownOutcome(bead, result.cause);
  }
}

type UnknownCause = Extract<CloseOutcome, { readonly kind: "unknown" }>["cause"];

function unknownOutcome(bead: string, cause: UnknownCause): Explanation {
  const next = l10n.t("It may be closed all the same. Check in the tracker before you try again.");
  switch (cause) {
    case "timed-out":
      return { sentence: l10n.t("The tracker didn't say in time whether {0} is closed.", bead), next };
    case "aborted":
    case "killed":
      return { sentence: l10n.t("The tracker was ended while it was closing {0}.", bead), next };
    case "bad-output":
      return { sentence: l10n.t("The tracker's answer about closing {0} isn't understood.", bead), next };
  }
}
