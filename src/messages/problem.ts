// What is wrong with a ledger, and the next safe step.
import { l10n } from "vscode";
import { maxLedgerBytes, type LedgerProblem } from "../assignment";
import type { Explanation } from "./error";

export function problemExplanation(problem: LedgerProblem, path: string): Explanation {
  return { sentence: sentence(problem, path), ...remedy(problem, path) };
}

function sentence(problem: LedgerProblem, path: string): string {
  const file = problem.copy === "backup" ? `${path}.bak` : path;
  switch (problem.code) {
    case "malformed":
      return l10n.t("{0} is incomplete or not valid JSON.", file);
    case "encoding":
      return l10n.t(
        "{0} isn't plain UTF-8: it starts with a byte order mark, or is in UTF-16. ntm can't read it.",
        file,
      );
    case "invalid-field":
      return l10n.t("{0} contains an invalid value.", file);
    case "invalid-row":
      return l10n.t("{0} contains a row that ntm doesn't accept, so ntm can't load the ledger.", file);
    case "foreign-session":
      return l10n.t("{0} belongs to another session.", file);
    case "newer-schema":
      return l10n.t("{0} was written by a newer version of ntm than this extension supports.", file);
    case "missing-generation":
      return l10n.t("{0} was rewritten by an old version of ntm, which removed the generation number.", file);
    case "unexpected-generation":
      return l10n.t("{0} has an old schema and a generation number. No version of ntm writes this.", file);
    case "diverged":
      return l10n.t("{0} and its backup have the same generation but different content.", file);
    case "generation-gap":
      return l10n.t("The backup of {0} is more than one save ahead of it.", file);
    case "orphaned-backup":
      return l10n.t("{0} is missing, and its backup isn't the first save.", file);
    case "no-permission":
      return l10n.t("You don't have permission to read {0}.", file);
    case "not-a-file":
      return l10n.t("{0} isn't a file.", file);
    case "too-large":
      return l10n.t(
        "{0} has {1} MB. This extension reads ledgers of up to {2} MB.",
        file,
        megabytes(problem.size ?? maxLedgerBytes),
        megabytes(maxLedgerBytes),
      );
    case "outside-storage":
      return l10n.t("The session's folder is a link that leads out of the sessions folder, so {0} isn't read.", file);
    case "symbolic-link":
      return l10n.t("{0} is a symbolic link. This extension follows no links to ledgers.", file);
    case "input-output":
      return l10n.t("{0} can't be read because of a file system error.", file);
    case "busy":
      return l10n.t("{0} is being written too often to be read consistently.", file);
  }
}

function remedy({ remedy, copy }: LedgerProblem, path: string): Pick<Explanation, "next" | "command"> {
  switch (remedy) {
    case "promote-backup":
      return { next: l10n.t("The backup is valid. A repair replaces the ledger with it."), command: "repairLedger" };
    case "publish-primary":
      return { next: l10n.t("The ledger is valid. A repair replaces the backup with it."), command: "repairLedger" };
    case "update-extension":
      return { next: l10n.t("Update this extension. Until then, the ledger is shown read-only.") };
    case "check-permissions":
      return { next: l10n.t("Check the owner and permissions of the file and its folder.") };
    case "remove-obstacle":
      return { next: l10n.t("Move or rename it, then refresh."), command: "refresh" };
    case "make-smaller":
      return {
        next: l10n.t("ntm keeps using it, so leave it where it is. Clear finished beads with ntm to make it smaller."),
      };
    case "replace-link":
      return {
        next: l10n.t(
          "ntm keeps using it. To see it here, put the folder or file itself in the place of the link, or set ntmAssignments.storageFolder to the folder that the sessions are in.",
        ),
        command: "refresh",
      };
    case "inspect":
      return {
        next:
          copy === "pair"
            ? l10n.t(
                "Compare {0} with its backup and decide which one to keep. Nothing is changed automatically.",
                path,
              )
            : l10n.t("Open the file and decide what to keep. Nothing is changed automatically."),
        command: copy === "pair" ? "compareWithBackup" : "openLedger",
      };
    case "wait":
      return { next: l10n.t("Wait a moment, then refresh."), command: "refresh" };
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0);
}
