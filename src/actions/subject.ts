// Which rows a verb is about: those under the pointer, else the selected ones, else those that the person picks.
import * as vscode from "vscode";
import type { Assignment, AssignmentStore } from "../assignment";
import type { BeadsNode } from "../beads/nodes";
import type { CommandArguments } from "../contributions";
import type { SessionSnapshot } from "../session/snapshot";
import { age, plain, statusWord, withoutIcons } from "../words";
import { explain } from "./report";
import type { Services } from "./services";

/** Rows as the person saw them, and the store that they came from: both outlive a switch to another session. */
export interface Subject {
  readonly store: AssignmentStore;
  readonly snapshot: SessionSnapshot;
  readonly rows: readonly Assignment[];
}

export interface Pick {
  /** What is asked when nothing is selected. */
  readonly title: string;
  /** Whether several rows make sense. */
  readonly takesMany: boolean;
  /** Which rows may be picked. */
  readonly fits: (row: Assignment, schema: number) => boolean;
}

/** `undefined`: there is nothing to act on, which was said, or the person turned away. */
export async function chooseSubject(
  services: Services,
  [node, selection]: CommandArguments["rows"],
  pick: Pick,
): Promise<Subject | undefined> {
  const { session, view, log } = services;
  const { store, snapshot } = session;
  if (store === undefined || snapshot === undefined) {
    explain(log, "information", noSession());
    return undefined;
  }
  const beadIds = beadIdsOf(node === undefined ? view.selection : (selection ?? [node]));
  if (beadIds.length === 0) {
    const rows = await pickRows(snapshot, pick, log);
    return rows === undefined ? undefined : { store, snapshot, rows };
  }
  const rows = beadIds.map((beadId) => snapshot.get(beadId)).filter((row) => row !== undefined);
  if (rows.length === 0) {
    const sentence = vscode.l10n.t("{0} isn't in the ledger any more.", plain(beadIds[0] ?? ""));
    explain(log, "information", { sentence, next: vscode.l10n.t("The list shows what is there now.") });
    return undefined;
  }
  return { store, snapshot, rows: pick.takesMany ? rows : rows.slice(0, 1) };
}

export function noSession(): { sentence: string; next: string } {
  return {
    sentence: vscode.l10n.t("There is no session to act on."),
    next: vscode.l10n.t("One appears as soon as ntm assigns a bead on this machine."),
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
  { title, takesMany, fits }: Pick,
  log: Services["log"],
): Promise<readonly Assignment[] | undefined> {
  const items = rows.filter((row) => fits(row, schema)).map(rowItem);
  if (items.length === 0) {
    const sentence = vscode.l10n.t("No bead of this session can be chosen for “{0}”.", title);
    explain(log, "information", { sentence, next: vscode.l10n.t("The list shows how they stand.") });
    return undefined;
  }
  const options = { title, matchOnDescription: true, placeHolder: vscode.l10n.t("Which bead?") };
  if (!takesMany) {
    const item = await vscode.window.showQuickPick(items, options);
    return item === undefined ? undefined : [item.row];
  }
  const chosen = await vscode.window.showQuickPick(items, {
    ...options,
    canPickMany: true,
    placeHolder: vscode.l10n.t("Which beads?"),
  });
  return chosen === undefined || chosen.length === 0 ? undefined : chosen.map((item) => item.row);
}

function rowItem(row: Assignment): RowItem {
  const facts = [
    statusWord(row.status),
    vscode.l10n.t("Pane {0}", row.pane),
    withoutIcons(row.agent_type, 30),
    age(row.assigned_at, Date.now()),
  ];
  return {
    row,
    label: withoutIcons(`${row.bead_id} ${row.bead_title}`, 120),
    description: facts.filter((fact) => fact !== undefined && fact !== "").join(" · "),
  };
}
