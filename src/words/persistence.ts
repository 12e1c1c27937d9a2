// Why a ledger couldn't be read, locked or written.
import { l10n } from "vscode";
import { LockTimeoutError, type LedgerHealth, type PersistenceError } from "../assignment";
import type { Explanation } from "./explanation";
import { plain } from "./plain";
import { problemExplanation } from "./problem";

export function persistenceExplanation(error: PersistenceError, health: LedgerHealth): Explanation {
  if (error.cause instanceof LockTimeoutError) return timeoutExplanation(error.cause);
  const code = systemCode(error.cause);
  if (code === undefined && health.kind !== "ok") return problemExplanation(health.problem, error.path);
  const next = nextStep(code);
  return {
    sentence: `${attempted(error)} ${reason(error.cause, code)}`,
    next: next === undefined ? l10n.t("The ledger is as it was.") : `${l10n.t("The ledger is as it was.")} ${next}`,
    ...(next === undefined && { offer: "showLog" }),
  };
}

export function missingLockExplanation(): Explanation {
  return {
    sentence: l10n.t("Ledgers can't be locked here, so they are only shown and never changed."),
    next: l10n.t("The log says why the lock couldn't be loaded."),
    offer: "showLog",
  };
}

function timeoutExplanation({ holder }: LockTimeoutError): Explanation {
  return holder === undefined
    ? {
        sentence: l10n.t("Another program keeps the ledger locked. Nothing was changed."),
        next: l10n.t("Look for a hanging ntm, or another editor, and try again."),
      }
    : {
        sentence: l10n.t("{0} keeps the ledger locked. Nothing was changed.", plain(holder)),
        next: l10n.t("Try again when it is done, or end it when it hangs."),
      };
}

function attempted({ operation, path }: PersistenceError): string {
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

/** The system's name of a failure, such as `ENOSPC`. */
function systemCode(cause: unknown): string | undefined {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
}

function reason(cause: unknown, code: string | undefined): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return l10n.t("You lack the permission.");
    case "EROFS":
      return l10n.t("The file system is read-only.");
    case "ENOSPC":
      return l10n.t("The disk is full.");
    case "EDQUOT":
      return l10n.t("Your quota on the disk is used up.");
    case "EMFILE":
    case "ENFILE":
      return l10n.t("Too many files are open.");
    case "ENOENT":
      return l10n.t("The folder is gone.");
    case "ELOOP":
      return l10n.t("It is a symbolic link, which isn't followed.");
    default:
      return l10n.t("It reported: “{0}”.", plain(cause instanceof Error ? cause.message : String(cause), 200));
  }
}

function nextStep(code: string | undefined): string | undefined {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return l10n.t("Check the owner and the permissions of the file and of its folder.");
    case "EROFS":
      return l10n.t("Make the file system writable, then try again.");
    case "ENOSPC":
    case "EDQUOT":
      return l10n.t("Free some space, then try again.");
    case "EMFILE":
    case "ENFILE":
      return l10n.t("Close something, then try again.");
    case "ENOENT":
      return l10n.t("Refresh to see what is there now.");
    case "ELOOP":
      return l10n.t("Put the file itself in the place of the link.");
    default:
      return undefined;
  }
}
