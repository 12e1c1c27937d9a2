// Removes rows from the ledger, after a confirmation that lists what is lost. Removing plain rows can be undone.
import * as vscode from "vscode";
import { isAtomic, isFinished, type Assignment } from "../assignment";
import type { BeadsNode } from "../nodes";
import type { CommandHandlers } from "../contributions";
import { sanitize, statusWord, wholeNumber } from "../messages";
import { confirm } from "./input/confirm";
import { showExplanation, showMessage } from "../views/showMessage";
import { isWritable } from "./applyChanges";
import { changeRows, runRowAction, type RowAction } from "./changeRows";
import { onlyBead } from "./mark";
import type { Services } from "../services";
import { noSession, type RowSelection } from "./selection";
import { rowError } from "../session/rowFacts";

export function removeCommands(
  services: Services,
): CommandHandlers<"remove" | "removeFinished" | "removeFinishedOfSession" | "clear"> {
  return {
    remove: (...args) => runRowAction(services, remove(askRemove), args),
    removeFinished: (node) => removeFinished(services, node),
    removeFinishedOfSession: () => removeFinished(services, undefined),
    clear: () => clear(services),
  };
}

type Ask = (rows: readonly Assignment[], selection: RowSelection) => Promise<boolean>;

function remove(ask: Ask): RowAction {
  return {
    step: "remove",
    title: vscode.l10n.t("Remove"),
    createChanges: async (rows, selection) => {
      if (!(await ask(rows, selection))) return undefined;
      return rows.map((row) => ({ kind: "remove", beadId: row.bead_id, observed: row }));
    },
    summary: (done) => {
      const bead = onlyBead(done);
      return bead === undefined
        ? vscode.l10n.t("{0} beads were removed.", done.length)
        : vscode.l10n.t("Removed {0}.", bead);
    },
  };
}

/** @param node of a group's finished rows; without it, those of the whole session */
async function removeFinished(services: Services, node: BeadsNode | undefined): Promise<void> {
  const { store, snapshot } = services.session;
  if (store === undefined || snapshot === undefined) {
    showExplanation(services.log, "information", noSession());
    return;
  }
  const rows =
    node?.kind === "finished"
      ? services.view.provider.tree.children(node).flatMap((child) => {
          const row = child.kind === "row" ? snapshot.get(child.beadId) : undefined;
          return row === undefined ? [] : [row];
        })
      : snapshot.rows.filter((row) => isFinished(row.status));
  if (rows.length === 0) {
    showMessage(services.log, "information", vscode.l10n.t("There are no finished beads to remove."));
    return;
  }
  const selection: RowSelection = { store, snapshot, rows };
  if (isWritable(services, selection)) await changeRows(services, remove(askRemove), selection);
}

async function clear(services: Services): Promise<void> {
  const { store, snapshot } = services.session;
  if (store === undefined || snapshot === undefined) {
    showExplanation(services.log, "information", noSession());
    return;
  }
  const selection: RowSelection = { store, snapshot, rows: snapshot.rows };
  if (!isWritable(services, selection)) return;
  if (snapshot.rows.length === 0) {
    const sentence = vscode.l10n.t("The ledger of {0} is already empty.", store.sessionName);
    showMessage(services.log, "information", sentence);
    return;
  }
  await changeRows(services, remove(askClear), selection);
}

async function askRemove(rows: readonly Assignment[]): Promise<boolean> {
  const [first] = rows;
  const question =
    rows.length === 1 && first !== undefined
      ? vscode.l10n.t("Remove {0} from the ledger?", sanitize(first.bead_id))
      : vscode.l10n.t("Remove {0} beads from the ledger?", rows.length);
  const listed = rows.slice(0, 8).map(whatIsLost);
  if (listed.length < rows.length) listed.push(vscode.l10n.t("… and {0} more", rows.length - listed.length));
  return confirm(question, [listed.join("\n"), consequences(rows)], vscode.l10n.t("Remove"));
}

async function askClear(rows: readonly Assignment[], { store, snapshot }: RowSelection): Promise<boolean> {
  const total = snapshot.rows.length;
  const open = rows.filter(({ status }) => status === "assigned" || status === "working").length;
  const question =
    rows.length < total
      ? vscode.l10n.t("Remove {0} of the {1} beads of {2} from the ledger?", rows.length, total, store.sessionName)
      : total === 1
        ? vscode.l10n.t("Remove the only bead of {0} from the ledger?", store.sessionName)
        : vscode.l10n.t("Remove all {0} beads of {1} from the ledger?", total, store.sessionName);
  const parts = [inProgress(open), kept(total - rows.length), consequences(rows)];
  return confirm(question, parts, vscode.l10n.t("Remove"));
}

function inProgress(count: number): string {
  if (count === 0) return "";
  return count === 1
    ? vscode.l10n.t("1 of them is in progress. Its agent keeps working.")
    : vscode.l10n.t("{0} of them are in progress. Their agents keep working.", count);
}

function kept(count: number): string {
  if (count === 0) return "";
  return count === 1
    ? vscode.l10n.t("1 bead is managed by ntm and will be kept.")
    : vscode.l10n.t("{0} beads are managed by ntm and will be kept.", count);
}

/** One line with the information that is lost with the row. */
function whatIsLost(row: Assignment): string {
  const details = [
    statusWord(row.status),
    vscode.l10n.t("pane {0}", row.pane),
    sanitize(row.agent_name ?? row.agent_type, 30),
  ];
  const retries = row.retry_count ?? 0;
  if (retries > 0) details.push(vscode.l10n.t("retry {0}", wholeNumber(retries)));
  const reason = sanitize(rowError(row) ?? "", 60);
  if (reason !== "") details.push(`“${reason}”`);
  return `${sanitize(row.bead_id, 40)} ${sanitize(row.bead_title, 50)} (${details.join(", ")})`;
}

function consequences(rows: readonly Assignment[]): string {
  return rows.some(isAtomic)
    ? vscode.l10n.t("Beads that ntm claimed in the tracker stay claimed, and their removal can't be undone here.")
    : vscode.l10n.t("The tracker and the agents won't be notified.");
}
