// Says which settings are ignored because they name no absolute path: without a word, the views would show another folder.
import * as vscode from "vscode";
import { prefix } from "../contributions";
import type { Log } from "../log";
import type { ignoredPaths } from "../settings";
import { sanitize } from "../text";
import { showMessage } from "./messages";

export function showIgnoredPaths(log: Log, ignored: ReturnType<typeof ignoredPaths>): void {
  for (const { name, value } of ignored) {
    const sentence = vscode.l10n.t(
      "The setting {0} is ignored, because “{1}” isn't an absolute path.",
      `${prefix}.${name}`,
      sanitize(value, 120),
    );
    const next = vscode.l10n.t("It can begin with {0}, {1} or {2}.", "~", "${userHome}", "${env:NAME}");
    log.warn(sentence);
    showMessage(log, "warning", `${sentence} ${next}`, {
      title: vscode.l10n.t("Open Settings"),
      run: () => vscode.commands.executeCommand("workbench.action.openSettings", `${prefix}.${name}`),
    });
  }
}
