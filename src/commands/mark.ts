// Commands that change a row's status: working, completed, failed, and back to assigned.
import * as vscode from "vscode";
import { isAtomic, paneId } from "../assignment";
import type { CommandArguments, CommandHandlers } from "../contributions";
import { sanitize } from "../messages";
import { promptOf } from "../session/rowFacts";
import { commandButtons, type Button } from "../views/showMessage";
import { retryAllFailed, retryRows, selectFor } from "./ntm/rows";
import type { Done } from "./applyChanges";
import { runRowAction, type RowAction } from "./changeRows";
import type { Services } from "../services";

type InlineNames = "markWorkingInline" | "markCompletedInline" | "retryInline";
type Names = "markWorking" | "markCompleted" | "markFailed" | "retry" | "retryAllFailed" | InlineNames;
type RowsHandler = (...args: CommandArguments["rows"]) => Promise<void>;

export function markCommands(services: Services): CommandHandlers<Names> {
  const markWorkingRows: RowsHandler = (...args) => runRowAction(services, markWorking(), args);
  const markCompletedRows: RowsHandler = (...args) => runRowAction(services, markCompleted(), args);
  const retrySelected: RowsHandler = async (...args) => {
    const action = retry();
    const selection = await selectFor(services, args, action);
    if (selection !== undefined) await retryRows(services, action, selection);
  };
  // The second click of a double click hits the button that took the place of the first one.
  const inline =
    (handler: RowsHandler): RowsHandler =>
    async (...args) => {
      if (services.ownChanges.areSettled) await handler(...args);
    };
  return {
    markWorking: markWorkingRows,
    markCompleted: markCompletedRows,
    markFailed: (...args) => runRowAction(services, markFailed(), args),
    retry: retrySelected,
    retryAllFailed: () => retryAllFailed(services, retry()),
    markWorkingInline: inline(markWorkingRows),
    markCompletedInline: inline(markCompletedRows),
    retryInline: inline(retrySelected),
  };
}

function markWorking(): RowAction {
  return {
    step: "markWorking",
    staysActive: true,
    title: vscode.l10n.t("Mark Working"),
    question: (bead, count) =>
      bead === undefined
        ? vscode.l10n.t("Mark {0} beads as working?", count)
        : vscode.l10n.t("Mark {0} as working?", bead),
    createChanges: (rows) =>
      Promise.resolve(rows.map((row) => ({ kind: "markWorking", beadId: row.bead_id, observed: row }))),
    summary: (done) => {
      const bead = onlyBead(done);
      return bead === undefined
        ? vscode.l10n.t("{0} beads were marked as working.", done.length)
        : vscode.l10n.t("Marked {0} as working.", bead);
    },
  };
}

function markCompleted(): RowAction {
  return {
    step: "markCompleted",
    title: vscode.l10n.t("Mark Completed"),
    question: (bead, count) =>
      bead === undefined
        ? vscode.l10n.t("Mark {0} beads as completed?", count)
        : vscode.l10n.t("Mark {0} as completed?", bead),
    createChanges: (rows) =>
      Promise.resolve(rows.map((row) => ({ kind: "markCompleted", beadId: row.bead_id, observed: row }))),
    summary: (done) => {
      const bead = onlyBead(done);
      return bead === undefined
        ? vscode.l10n.t("{0} beads were marked as completed.", done.length)
        : vscode.l10n.t("Completed {0}.", bead);
    },
    note: claimsStay,
  };
}

/** ntm would also have closed the bead's claim in the tracker; marking the row doesn't. */
function claimsStay(done: readonly Done[]): string {
  const claimed = done.filter(({ row }) => row !== undefined && isAtomic(row)).length;
  if (claimed === 0) return "";
  return done.length === 1
    ? vscode.l10n.t("Its claim in the tracker stays until the bead is closed there.")
    : vscode.l10n.t("{0} of them stay claimed in the tracker until they are closed there.", claimed);
}

function markFailed(): RowAction {
  return {
    step: "markFailed",
    title: vscode.l10n.t("Mark Failed…"),
    createChanges: async (rows, _selection, isFinal) => {
      const [first] = rows;
      const reason = await vscode.window.showInputBox({
        title:
          rows.length === 1 && first !== undefined
            ? vscode.l10n.t("Mark {0} as Failed", sanitize(first.bead_id))
            : vscode.l10n.t("Mark {0} Beads as Failed", rows.length),
        prompt: isFinal
          ? vscode.l10n.t("Reason (optional). This can't be undone here.")
          : vscode.l10n.t("Reason (optional)"),
        placeHolder: vscode.l10n.t("tests fail"),
        ignoreFocusOut: true,
      });
      if (reason === undefined) return undefined;
      return rows.map((row) => ({ kind: "markFailed", beadId: row.bead_id, reason: reason.trim(), observed: row }));
    },
    summary: (done) => {
      const bead = onlyBead(done);
      return bead === undefined
        ? vscode.l10n.t("{0} beads were marked as failed.", done.length)
        : vscode.l10n.t("Marked {0} as failed.", bead);
    },
  };
}

function retry(): RowAction & { readonly step: "retry" } {
  return {
    step: "retry",
    title: vscode.l10n.t("Retry"),
    createChanges: (rows) =>
      Promise.resolve(rows.map((row) => ({ kind: "retry", beadId: row.bead_id, observed: row }))),
    summary: (done) => {
      const bead = onlyBead(done);
      return bead === undefined
        ? vscode.l10n.t("{0} beads are assigned again.", done.length)
        : vscode.l10n.t("{0} is assigned again.", bead);
    },
    note: agentsNotTold,
    buttons: agentButtons,
  };
}

/** The ledger alone doesn't reach an agent. */
export function agentsNotTold({ length }: readonly Done[]): string {
  return length === 1 ? vscode.l10n.t("Its agent hasn't been told.") : vscode.l10n.t("Their agents haven't been told.");
}

/** What helps to tell the agent of a bead. */
export function agentButtons(done: readonly Done[]): readonly Button[] {
  const [{ row } = {}] = done;
  if (done.length !== 1 || row === undefined) return [];
  const beadIds = [row.bead_id];
  return [
    ...(promptOf(row) === "" ? [] : commandButtons("copyPrompt", beadIds)),
    ...(paneId(row) === undefined ? [] : commandButtons("goToPane", beadIds)),
  ];
}

/** The bead of a change of one bead. */
export function onlyBead(done: readonly Done[]): string | undefined {
  const [first] = done;
  return done.length === 1 && first !== undefined ? sanitize(first.beadId) : undefined;
}
