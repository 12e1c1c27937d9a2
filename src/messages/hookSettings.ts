// The message for agent settings that can't be changed.
import { l10n } from "vscode";
import type { HookSettingsError } from "../agents/hookSettings";
import { tildify } from "../util/tildify";
import type { Explanation } from "./error";
import { sanitize } from "./sanitize";

export function hookSettingsExplanation({ problem, file = "" }: HookSettingsError): Explanation {
  const name = sanitize(tildify(file), 120);
  const next = l10n.t("Nothing was changed. Copy the hooks, and add them by hand.");
  switch (problem) {
    case "unparsable":
      return { sentence: l10n.t("{0} isn't valid JSON.", name), next };
    case "unexpected-shape":
      return { sentence: l10n.t("The hooks in {0} have an unknown form.", name), next };
    case "not-a-file":
      return { sentence: l10n.t("{0} isn't a file.", name), next };
    case "unreadable":
      return { sentence: l10n.t("{0} can't be read.", name), next, command: "showLog" };
    case "unwritable":
      return { sentence: l10n.t("{0} can't be written.", name), next, command: "showLog" };
    case "changed":
      return {
        sentence: l10n.t("Another program changed {0} in the meantime.", name),
        next: l10n.t("Nothing was changed. Run the command again to see the current change."),
      };
  }
}
