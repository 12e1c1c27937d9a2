// Takes rows out of the ledger, after a question that says what goes with them. Plain rows can be put back.
import * as vscode from "vscode";
import { isAtomic, type Assignment, type AssignmentStore } from "../assignment";
import type { CommandHandlers } from "../contributions";
import { plain, statusWord } from "../words";
import { attempt } from "./attempt";
import { confirm } from "./confirm";
import { explain, say } from "./report";
import { apply, changeRows, explanationOf, isWritable, runRowVerb, type Done, type RowVerb } from "./run";
import type { Services } from "./services";
import { noSession, type Subject } from "./subject";

export function removeActions(services: Services): CommandHandlers<"remove" | "clear"> {
  return {
    remove: (...args) => runRowVerb(services, remove(services, askRemove), args),
    clear: () => clear(services),
  };
}

type Ask = (rows: readonly Assignment[], subject: Subject) => Promise<boolean>;

function remove(services: Services, ask: Ask): RowVerb {
  return {
    step: "remove",
    title: vscode.l10n.t("Remove"),
    prepare: async (rows, subject) => {
      if (!(await ask(rows, subject))) return undefined;
      return rows.map((row) => ({ kind: "remove", beadId: row.bead_id, observed: row }));
    },
    summary: removedCount,
    afterwards: (done, { store }) => {
      offerUndo(services, store, done);
    },
  };
}

async function clear(services: Services): Promise<void> {
  const { store, snapshot } = services.session;
  if (store === undefined || snapshot === undefined) {
    explain(services.log, "information", noSession());
    return;
  }
  const subject: Subject = { store, snapshot, rows: snapshot.rows };
  if (!(await isWritable(services, subject))) return;
  if (snapshot.rows.length === 0) {
    const sentence = vscode.l10n.t("The ledger of {0} is empty already.", store.sessionName);
    say(services.log, "information", sentence);
    return;
  }
  await changeRows(services, remove(services, askClear), subject);
}

async function askRemove(rows: readonly Assignment[]): Promise<boolean> {
  const [first] = rows;
  const question =
    rows.length === 1 && first !== undefined
      ? vscode.l10n.t("Remove {0} from the ledger?", plain(first.bead_id))
      : vscode.l10n.t("Remove {0} beads from the ledger?", rows.length);
  const listed = rows.slice(0, 8).map(whatIsLost);
  if (listed.length < rows.length) listed.push(vscode.l10n.t("… and {0} more", rows.length - listed.length));
  return confirm(question, [listed.join("\n"), consequences(rows)], vscode.l10n.t("Remove"));
}

async function askClear(rows: readonly Assignment[], { store, snapshot }: Subject): Promise<boolean> {
  const total = snapshot.rows.length;
  const open = rows.filter(({ status }) => status === "assigned" || status === "working").length;
  const question =
    rows.length === total
      ? vscode.l10n.t("Remove all {0} beads of {1} from the ledger?", total, store.sessionName)
      : vscode.l10n.t("Remove {0} of the {1} beads of {2} from the ledger?", rows.length, total, store.sessionName);
  const parts = [
    open === 0 ? "" : vscode.l10n.t("In flight: {0}. Their agents go on working.", open),
    rows.length === total ? "" : vscode.l10n.t("Kept: {0}, which must be left to ntm.", total - rows.length),
    consequences(rows),
  ];
  return confirm(question, parts, vscode.l10n.t("Remove"));
}

/** One line for what the ledger won't know any more. */
function whatIsLost(row: Assignment): string {
  const facts = [
    statusWord(row.status),
    vscode.l10n.t("pane {0}", row.pane),
    plain(row.agent_name ?? row.agent_type, 30),
  ];
  const retries = row.retry_count ?? 0;
  if (retries > 0) facts.push(vscode.l10n.t("retry {0}", retries));
  const reason = plain(row.fail_reason ?? "", 60);
  if (reason !== "") facts.push(`“${reason}”`);
  return `${plain(row.bead_id, 40)} ${plain(row.bead_title, 50)} (${facts.join(", ")})`;
}

function consequences(rows: readonly Assignment[]): string {
  return rows.some(isAtomic)
    ? vscode.l10n.t("What ntm claimed in the tracker stays claimed, and can't be put back here.")
    : vscode.l10n.t("The tracker and the agents aren't told.");
}

function removedCount(count: number): string {
  return count === 1 ? vscode.l10n.t("1 bead was removed.") : vscode.l10n.t("{0} beads were removed.", count);
}

function offerUndo(services: Services, store: AssignmentStore, done: readonly Done[]): void {
  const rows = done.flatMap(({ before }) => (before === undefined || isAtomic(before) ? [] : [before]));
  if (rows.length === 0) return;
  const undo = { title: vscode.l10n.t("Undo"), run: () => attempt(services, () => restore(services, store, rows)) };
  say(services.log, "information", removedCount(done.length), undo);
}

async function restore(services: Services, store: AssignmentStore, rows: readonly Assignment[]): Promise<void> {
  const changes = rows.map((row) => ({ kind: "restore", beadId: row.bead_id, row }) as const);
  for (const { beadId, error } of await apply(services, store, changes)) {
    if (error !== undefined) explain(services.log, "warning", explanationOf(error, undefined, store), beadId);
  }
}
