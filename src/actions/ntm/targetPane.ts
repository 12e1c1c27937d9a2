// Asks for the pane to which ntm should send a bead.
import * as vscode from "vscode";
import type { NtmTask } from "../../session/rowActivity";
import type { SessionSnapshot } from "../../session/sessionSnapshot";
import type { LivePanes } from "../../panes/livePanes";
import { askPane, findPaneOptions } from "../input/panePicker";

/** @returns `%N`; `undefined`: the user canceled */
export async function askTargetPane(
  livePanes: LivePanes,
  sessionName: string,
  snapshot: SessionSnapshot | undefined,
  task: NtmTask,
): Promise<string | undefined> {
  const title = task === "retry" ? vscode.l10n.t("Retry in a Pane") : vscode.l10n.t("Choose a Pane");
  const panes = await findPaneOptions(livePanes, sessionName, snapshot, true);
  const pane = await askPane({ title, step: 1, totalSteps: 1 }, panes);
  return typeof pane === "object" ? pane.paneId : undefined;
}
