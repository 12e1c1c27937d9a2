// Why ledgers can't be changed on this machine.
import { l10n } from "vscode";
import type { Explanation } from "./explanation";

export function missingLockExplanation(): Explanation {
  return {
    sentence: l10n.t("Ledgers can't be locked on this machine, so they are shown read-only."),
    next: l10n.t("See the log for why the lock couldn't be loaded."),
    command: "showLog",
  };
}
