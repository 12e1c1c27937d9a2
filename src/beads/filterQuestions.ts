// Asks which rows a person wants to see.
import * as vscode from "vscode";
import type { ActiveSession } from "../session/activeSession";
import { plain, statusWord } from "../words";
import { statusRank } from "./grouping";
import type { ShapeMemory } from "./shapeMemory";
import { statusIcon } from "./statusIcon";

/** The tree follows every key; leaving the question without an answer brings back what was. */
export async function askFilterText(shapes: ShapeMemory): Promise<void> {
  const { filter } = shapes.shape;
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t("Filter Beads");
  input.placeholder = vscode.l10n.t("Words in the id, title, agent or reason");
  input.value = filter.text;
  try {
    const text = await new Promise<string>((resolve) => {
      input.onDidChangeValue((value) => {
        shapes.preview({ ...filter, text: value });
      });
      input.onDidAccept(() => {
        resolve(input.value);
      });
      input.onDidHide(() => {
        resolve(filter.text);
      });
      input.show();
    });
    await shapes.setFilter({ ...filter, text });
  } finally {
    input.dispose();
  }
}

interface StatusItem extends vscode.QuickPickItem {
  readonly status: string;
}

export async function askStatuses({ snapshot }: ActiveSession, shapes: ShapeMemory): Promise<void> {
  const { filter } = shapes.shape;
  const counts = new Map<string, number>();
  for (const { status } of snapshot?.rows ?? []) counts.set(status, (counts.get(status) ?? 0) + 1);
  for (const status of filter.statuses) counts.set(status, counts.get(status) ?? 0);
  const items = [...counts]
    .sort(([a], [b]) => statusRank(a) - statusRank(b))
    .map(([status, count]): StatusItem => ({
      status,
      label: `$(${statusIcon(status).icon}) ${plain(statusWord(status), 40).replaceAll("$(", "\\$(")}`,
      description: String(count),
      picked: filter.statuses.includes(status),
    }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Filter Beads by Status"),
    placeHolder: vscode.l10n.t("None chosen: all are shown"),
    canPickMany: true,
  });
  if (chosen !== undefined) await shapes.setFilter({ ...filter, statuses: chosen.map(({ status }) => status) });
}
