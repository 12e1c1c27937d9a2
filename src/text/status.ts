// Names of statuses in sentences.
import { l10n } from "vscode";
import { sanitize } from "./sanitize";

/** The localized status; an unknown one is returned as it is in the ledger. */
export function statusWord(status: string): string {
  switch (status) {
    case "assigned":
      return l10n.t("assigned");
    case "working":
      return l10n.t("working");
    case "completed":
      return l10n.t("completed");
    case "failed":
      return l10n.t("failed");
    case "reassigned":
      return l10n.t("reassigned");
    case "claiming":
      return l10n.t("claiming");
    case "claimed":
      return l10n.t("claimed");
    default:
      return sanitize(status, 30);
  }
}
