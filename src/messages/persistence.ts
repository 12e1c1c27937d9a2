// Why a ledger couldn't be read, locked or written.
import { l10n } from "vscode";
import { LockTimeoutError, ProblemChangedError, type LedgerHealth, type PersistenceError } from "../assignment";
import type { Explanation } from "./error";
import { sanitize } from "./sanitize";
import { problemExplanation } from "./problem";

export function persistenceExplanation(error: PersistenceError, health: LedgerHealth): Explanation {
  if (error.cause instanceof LockTimeoutError) return timeoutExplanation(error.cause);
  if (error.cause instanceof ProblemChangedError) {
    return {
      sentence: l10n.t("The ledger's problem changed while you were asked. Nothing was changed."),
      next: l10n.t("Diagnose the ledger again to see what is wrong now."),
      command: "diagnoseLedger",
    };
  }
  const code = systemCode(error.cause);
  if (code === undefined && health.kind !== "ok") return problemExplanation(health.problem, error.path);
  const next = remedy(code);
  return {
    sentence: `${operationSentence(error)} ${reason(error.cause, code)}`,
    next: next === undefined ? l10n.t("The ledger wasn't changed.") : `${l10n.t("The ledger wasn't changed.")} ${next}`,
    ...(next === undefined && { command: "showLog" }),
  };
}

function timeoutExplanation({ holder }: LockTimeoutError): Explanation {
  return holder === undefined
    ? {
        sentence: l10n.t("Another process has locked the ledger. Nothing was changed."),
        next: l10n.t("Check for a hanging ntm process or another editor, then try again."),
      }
    : {
        sentence: l10n.t("{0} has locked the ledger. Nothing was changed.", sanitize(holder)),
        next: l10n.t("Try again when it has finished. If it hangs, end it."),
      };
}

function operationSentence({ operation, path }: PersistenceError): string {
  switch (operation) {
    case "lock for save":
      return l10n.t("{0} couldn't be locked.", path);
    case "reload before save":
      return l10n.t("{0} couldn't be read.", path);
    case "promote newer backup":
    case "save backup":
    case "save":
    case "sync directory":
      return l10n.t("{0} couldn't be saved.", path);
    case "repair":
      return l10n.t("{0} couldn't be repaired.", path);
  }
}

/** The system's error code, such as `ENOSPC`. */
function systemCode(cause: unknown): string | undefined {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
}

function reason(cause: unknown, code: string | undefined): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return l10n.t("You don't have permission.");
    case "EROFS":
      return l10n.t("The file system is read-only.");
    case "ENOSPC":
      return l10n.t("The disk is full.");
    case "EDQUOT":
      return l10n.t("Your disk quota is exceeded.");
    case "EMFILE":
    case "ENFILE":
      return l10n.t("Too many files are open.");
    case "ENOENT":
      return l10n.t("The folder no longer exists.");
    case "ELOOP":
      return l10n.t("It is a symbolic link. Symbolic links aren't followed.");
    case "ENOLCK":
    case "ENOTSUP":
    case "EOPNOTSUPP":
    case "ENOSYS":
      return l10n.t("The file system doesn't support file locks.");
    case "EISDIR":
      return l10n.t("It is a folder.");
    default:
      return l10n.t("It reported: “{0}”.", sanitize(cause instanceof Error ? cause.message : String(cause), 200));
  }
}

function remedy(code: string | undefined): string | undefined {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return l10n.t("Check the owner and permissions of the file and its folder.");
    case "EROFS":
      return l10n.t("Make the file system writable, then try again.");
    case "ENOSPC":
    case "EDQUOT":
      return l10n.t("Free up some space, then try again.");
    case "EMFILE":
    case "ENFILE":
      return l10n.t("Close some programs, then try again.");
    case "ENOENT":
      return l10n.t("Refresh to show the current state.");
    case "ELOOP":
      return l10n.t("Replace the link with the file itself.");
    case "ENOLCK":
    case "ENOTSUP":
    case "EOPNOTSUPP":
    case "ENOSYS":
      return l10n.t("ntm can't lock it either. Keep the sessions folder on a file system with locks.");
    case "EISDIR":
      return l10n.t("Move or remove the folder, then try again.");
    default:
      return undefined;
  }
}
