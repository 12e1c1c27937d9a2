// The rows that a command applies to: the clicked row, else the selected ones, else those that the user picks.
import * as vscode from "vscode";
import type { Assignment, AssignmentStore } from "../assignment";
import type { CommandArguments } from "../contributions";
import { age, sanitize, statusWord, escapeIcons } from "../messages";
import { statusSince } from "../session/rowFacts";
import type { SessionSnapshot } from "../session/sessionSnapshot";
import type { BeadsNode } from "../nodes";
import { showExplanation } from "../views/showMessage";
import type { Services } from "../services";

/**
 * Rows as shown to the user, with their store and snapshot: these stay valid if the active session changes meanwhile.
 */
export interface RowSelection {
  readonly store: AssignmentStore;
  readonly snapshot: SessionSnapshot;
  readonly rows: readonly Assignment[];
}

export interface SelectionOptions {
  /** Title of the picker when nothing is selected. */
  readonly title: string;
  /** Whether several rows can be selected. */
  readonly takesMany: boolean;
  /** Which rows are offered. */
  readonly fits: (row: Assignment, schema: number) => boolean;
}

/** `undefined`: the user canceled, or there is nothing to act on, which a message has said. */
export async function resolveSelection(
  services: Services,
  [node, selection]: CommandArguments["rows"],
  pick: SelectionOptions,
): Promise<RowSelection | undefined> {
  const { session, view, log } = services;
  const { store, snapshot } = session;
  if (store === undefined || snapshot === undefined) {
    showExplanation(log, "information", noSession());
    return undefined;
  }
  const beadIds = beadIdsOf(node === undefined ? view.selection : (selection ?? [node]));
  if (beadIds.length === 0) {
    const rows = await pickRows(snapshot, pick, log);
    return rows === undefined ? undefined : { store, snapshot, rows };
  }
  const rows = beadIds.map((beadId) => snapshot.get(beadId)).filter((row) => row !== undefined);
  if (rows.length === 0) {
    const sentence = vscode.l10n.t("{0} is no longer in the ledger.", sanitize(beadIds[0] ?? ""));
    showExplanation(log, "information", { sentence, next: vscode.l10n.t("The list shows the current state.") });
    return undefined;
  }
  return { store, snapshot, rows: pick.takesMany ? rows : rows.slice(0, 1) };
}

export function noSession(): { sentence: string; next: string } {
  return {
    sentence: vscode.l10n.t("No session found."),
    next: vscode.l10n.t("A session appears when ntm first assigns a bead on this machine."),
  };
}

function beadIdsOf(nodes: readonly BeadsNode[]): readonly string[] {
  return nodes.flatMap((node) => (node.kind === "row" ? [node.beadId] : []));
}

interface RowItem extends vscode.QuickPickItem {
  readonly row: Assignment;
}

async function pickRows(
  { rows, schema }: SessionSnapshot,
  { title, takesMany, fits }: SelectionOptions,
  log: Services["log"],
): Promise<readonly Assignment[] | undefined> {
  const items = rows.filter((row) => fits(row, schema)).map(rowItem);
  if (items.length === 0) {
    const sentence = vscode.l10n.t("“{0}” isn't available for any bead of this session.", title);
    showExplanation(log, "information", { sentence, next: vscode.l10n.t("The list shows the current state.") });
    return undefined;
  }
  const options = { title, matchOnDescription: true, placeHolder: vscode.l10n.t("Select a bead") };
  if (!takesMany) {
    const item = await vscode.window.showQuickPick(items, options);
    return item === undefined ? undefined : [item.row];
  }
  const chosen = await vscode.window.showQuickPick(items, {
    ...options,
    canPickMany: true,
    placeHolder: vscode.l10n.t("Select beads"),
  });
  return chosen === undefined || chosen.length === 0 ? undefined : chosen.map((item) => item.row);
}

function rowItem(row: Assignment): RowItem {
  const details = [
    statusWord(row.status),
    vscode.l10n.t("Pane {0}", row.pane),
    escapeIcons(row.agent_type, 30),
    age(statusSince(row), Date.now()),
  ];
  return {
    row,
    label: escapeIcons(`${row.bead_id} ${row.bead_title}`, 120),
    description: details.filter((detail) => detail !== undefined && detail !== "").join(" · "),
  };
}

/**
 * The arguments of a command that a key ran. A selection of several rows of which none has the focus may be invisible: the user
 * is asked which is meant, by name.
 * @returns `undefined` if the user canceled
 */
export async function focusedRows(
  { view }: Pick<Services, "view">,
  focused: BeadsNode,
): Promise<CommandArguments["rows"] | undefined> {
  const { selection } = view;
  if (selection.some(({ id }) => id === focused.id)) return [focused, selection];
  const [first] = selection;
  if (selection.length < 2 || first === undefined) return [focused];
  const items: readonly (vscode.QuickPickItem & { readonly args: CommandArguments["rows"] })[] = [
    { label: nameOf(view, focused), description: vscode.l10n.t("has the focus"), args: [focused] },
    {
      label: vscode.l10n.t("{0} selected", selection.length),
      description:
        selection
          .slice(0, 5)
          .map((node) => nameOf(view, node))
          .join(", ") + (selection.length > 5 ? ", …" : ""),
      args: [first, selection],
    },
  ];
  const placeHolder = vscode.l10n.t("The focus isn't in the selection. Select what you mean.");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.args;
}

function nameOf(view: Services["view"], node: BeadsNode): string {
  return escapeIcons(node.kind === "row" ? node.beadId : view.provider.labelOf(node), 40);
}
