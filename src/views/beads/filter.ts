// The filter of the Beads view.
import * as vscode from "vscode";
import type { Assignment } from "../../assignment";
import { sanitize, statusWord } from "../../messages";
import type { ActiveSession } from "../../session/activeSession";
import { rowError } from "../../session/rowFacts";
import { statusRank } from "./grouping";
import { statusIcon } from "./rowItem";
import type { TreeOptionsMemento } from "./treeOptions";

export interface Filter {
  /** Words that must all occur in the row's text, ignoring case. */
  readonly text: string;
  /** The statuses to show; empty: all. */
  readonly statuses: readonly string[];
  /** Whether only rows that need attention are shown. */
  readonly needsAttention?: boolean;
}

export const noFilter: Filter = { text: "", statuses: [] };

export function isFiltering(filter: Filter): boolean {
  return filter.text.trim() !== "" || filter.statuses.length > 0 || filter.needsAttention === true;
}

/** @param needsAttention whether a row does */
export function rowTest(filter: Filter, needsAttention: (row: Assignment) => boolean): (row: Assignment) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const statuses = new Set(filter.statuses);
  return (row) => {
    if (statuses.size > 0 && !statuses.has(row.status)) return false;
    if (filter.needsAttention === true && !needsAttention(row)) return false;
    if (words.length === 0) return true;
    const text = [row.bead_id, row.bead_title, row.agent_type, row.agent_name, row.occupancy_key, rowError(row)]
      .join("\n")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

/** The tree is filtered on every key press; canceling the input restores the previous filter. */
export async function askFilterText(treeOptions: TreeOptionsMemento): Promise<void> {
  const { filter } = treeOptions.options;
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t("Filter Beads");
  input.placeholder = vscode.l10n.t("Words in the ID, title, agent or reason");
  input.value = filter.text;
  try {
    const text = await new Promise<string>((resolve) => {
      input.onDidChangeValue((value) => {
        treeOptions.preview({ ...filter, text: value });
      });
      input.onDidAccept(() => {
        resolve(input.value);
      });
      input.onDidHide(() => {
        resolve(filter.text);
      });
      input.show();
    });
    await treeOptions.setFilter({ ...filter, text });
  } finally {
    input.dispose();
  }
}

interface StatusItem extends vscode.QuickPickItem {
  /** `undefined`: the rows that need attention, of any status. */
  readonly status: string | undefined;
}

/** @param attentionCount how many rows need attention */
export async function askStatuses(
  { snapshot }: ActiveSession,
  treeOptions: TreeOptionsMemento,
  attentionCount: number,
): Promise<void> {
  const { filter } = treeOptions.options;
  const counts = new Map<string, number>();
  for (const { status } of snapshot?.rows ?? []) counts.set(status, (counts.get(status) ?? 0) + 1);
  for (const status of filter.statuses) counts.set(status, counts.get(status) ?? 0);
  const items = [...counts]
    .sort(([a], [b]) => statusRank(a) - statusRank(b))
    .map(([status, count]): StatusItem => ({
      status,
      label: `$(${statusIcon(status).icon}) ${sanitize(statusWord(status), 40).replaceAll("$(", "\\$(")}`,
      description: String(count),
      picked: filter.statuses.includes(status),
    }));
  const attentionItem: StatusItem = {
    status: undefined,
    label: `$(warning) ${vscode.l10n.t("needs attention")}`,
    description: String(attentionCount),
    picked: filter.needsAttention === true,
  };
  const chosen = await vscode.window.showQuickPick([attentionItem, ...items], {
    title: vscode.l10n.t("Filter Beads by Status"),
    placeHolder: vscode.l10n.t("Select none to show all"),
    canPickMany: true,
  });
  if (chosen === undefined) return;
  const statuses = chosen.flatMap(({ status }) => status ?? []);
  const needsAttention = chosen.some(({ status }) => status === undefined);
  await treeOptions.setFilter({ text: filter.text, statuses, ...(needsAttention && { needsAttention }) });
}
