// What is wrong with a ledger, and the next safe step.
import { l10n } from "vscode";
import type { LedgerProblem } from "../assignment";
import type { Explanation } from "./explanation";

export function problemExplanation(problem: LedgerProblem, path: string): Explanation {
  return { sentence: sentence(problem, path), ...remedy(problem, path) };
}

function sentence(problem: LedgerProblem, path: string): string {
  const file = problem.copy === "backup" ? `${path}.bak` : path;
  switch (problem.code) {
    case "malformed":
      return l10n.t("{0} is cut off, or isn't JSON.", file);
    case "invalid-field":
      return l10n.t("{0} holds a value that no ledger can hold.", file);
    case "invalid-row":
      return l10n.t("{0} holds a row that breaks ntm's rules, so ntm refuses the whole ledger.", file);
    case "foreign-session":
      return l10n.t("{0} belongs to another session.", file);
    case "newer-schema":
      return l10n.t("{0} was written by a newer ntm than this extension knows.", file);
    case "missing-generation":
      return l10n.t("{0} was rewritten by an old ntm, which dropped its generation number.", file);
    case "unexpected-generation":
      return l10n.t("{0} has an old schema but a generation number, which no ntm writes.", file);
    case "diverged":
      return l10n.t("{0} and its backup differ though they claim to be the same save.", file);
    case "generation-gap":
      return l10n.t("The backup of {0} is more than one save ahead of it.", file);
    case "orphaned-backup":
      return l10n.t("{0} is gone, and its backup isn't the first save.", file);
    case "no-permission":
      return l10n.t("{0} may not be read by you.", file);
    case "not-a-file":
      return l10n.t("{0} isn't a file.", file);
    case "too-large":
      return l10n.t("{0} is too large to be a ledger.", file);
    case "outside-storage":
      return l10n.t("{0} is a link that leads out of the sessions' folder, or nowhere.", file);
    case "input-output":
      return l10n.t("{0} can't be read: the file system failed.", file);
    case "busy":
      return l10n.t("{0} is written so often that it couldn't be read whole.", file);
  }
}

function remedy({ remedy, copy }: LedgerProblem, path: string): Pick<Explanation, "next" | "offer"> {
  switch (remedy) {
    case "promote-backup":
      return { next: l10n.t("The backup is good; a repair puts it in its place."), offer: "repairLedger" };
    case "publish-primary":
      return { next: l10n.t("The ledger itself is good; a repair writes it over the backup."), offer: "repairLedger" };
    case "update-extension":
      return { next: l10n.t("Update this extension; until then the ledger is shown, but not changed.") };
    case "check-permissions":
      return { next: l10n.t("Check the owner and the permissions of the file and of its folder.") };
    case "remove-obstacle":
      return { next: l10n.t("Move it out of the way, then refresh."), offer: "refresh" };
    case "inspect":
      return {
        next:
          copy === "pair"
            ? l10n.t("Nothing is changed for you: compare {0} with its backup and decide which to keep.", path)
            : l10n.t("Nothing is changed for you: look at the file and decide what to keep."),
        offer: "openLedger",
      };
    case "wait":
      return { next: l10n.t("Wait a moment, then refresh."), offer: "refresh" };
  }
}
