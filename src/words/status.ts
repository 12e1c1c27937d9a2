// Names of statuses, and of what a row may become, inside sentences.
import { l10n } from "vscode";
import { plain } from "./plain";

/** The status in a person's language; one that isn't known is said as the ledger has it. */
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
      return plain(status, 30);
  }
}
