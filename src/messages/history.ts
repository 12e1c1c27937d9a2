// Messages about events of the history.
import { l10n } from "vscode";
import type { EventKind, HistoryEvent } from "../history/historyEvent";
import type { RecordedAssignment } from "../history/recordedAssignment";
import { milliseconds } from "../history/eventTime";
import { agentProductName } from "../session/agentType";
import { sanitize } from "./sanitize";
import { statusWord } from "./status";
import { absoluteTime, relativeTime } from "./time";

/** Who had a bead, where. */
type Owner = Pick<HistoryEvent, "pane" | "paneIndex" | "agentType"> & { readonly agentName?: string | undefined };

/** Such as `Pane 3 (%3) · Codex CLI · BlueLake`. */
export function ownerWords({ pane, paneIndex, agentType, agentName = "" }: Owner): string {
  const isIndex = pane === String(paneIndex);
  const place = isIndex ? l10n.t("Pane {0}", paneIndex) : l10n.t("Pane {0} ({1})", paneIndex, sanitize(pane, 40));
  return [place, agentProductName(agentType) ?? sanitize(agentType, 40), sanitize(agentName, 60)]
    .filter((part) => part !== "")
    .join(" · ");
}

/** How an assignment ended, such as `failed 2 hours ago: tests fail`; empty while it goes on. */
export function endWords({ end }: RecordedAssignment, now: number): string {
  if (end === undefined) return "";
  const ago = relativeTime(end.at, now);
  const time = end.isObserved ? l10n.t("{0} or earlier", ago) : ago;
  const reason = sanitize(end.reason ?? "", 200);
  return reason === "" ? `${eventWord(end.outcome)} ${time}` : `${eventWord(end.outcome)} ${time}: ${reason}`;
}

export function eventWord(kind: EventKind): string {
  switch (kind) {
    case "sending":
      return l10n.t("sending the prompt");
    case "dispatch-failed":
      return l10n.t("prompt not delivered");
    case "other":
      return l10n.t("in a status that this version doesn't know");
    case "retried":
      return l10n.t("retried");
    case "replaced":
      return l10n.t("replaced by another assignment");
    case "removed":
      return l10n.t("removed from the ledger");
    default:
      return statusWord(kind);
  }
}

/** When it happened: exactly, or the latest possible time. */
export function eventTimeWords({ at, isObserved }: HistoryEvent): string {
  const time = absoluteTime(milliseconds(at));
  return isObserved === true ? l10n.t("{0} or earlier", time) : time;
}
