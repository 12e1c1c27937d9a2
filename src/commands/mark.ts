// Commands that change a row's status: working, completed, failed, and back to assigned.
import * as vscode from "vscode";
import { isAtomic } from "../assignment";
import type { CommandHandlers } from "../contributions";
import { sanitize } from "../messages";
import { retryAllFailed, retryRows, selectFor } from "./ntm/rows";
import { runRowAction, type Done, type RowAction } from "./changeRows";
import { showMessage } from "../views/showMessage";
import type { Services } from "../services";

export function markCommands(
  services: Services,
): CommandHandlers<"markWorking" | "markCompleted" | "markFailed" | "retry" | "retryAllFailed"> {
  return {
    markWorking: (...args) => runRowAction(services, markWorking(), args),
    markCompleted: (...args) => runRowAction(services, markCompleted(services), args),
    markFailed: (...args) => runRowAction(services, markFailed(), args),
    retry: async (...args) => {
      const action = retry();
      const selection = await selectFor(services, args, action);
      if (selection !== undefined) await retryRows(services, action, selection);
    },
    retryAllFailed: () => retryAllFailed(services, retry()),
  };
}

function markWorking(): RowAction {
  return {
    step: "markWorking",
    title: vscode.l10n.t("Mark Working"),
    createChanges: (rows) =>
      Promise.resolve(rows.map((row) => ({ kind: "markWorking", beadId: row.bead_id, observed: row }))),
    summary: (count) =>
      count === 1
        ? vscode.l10n.t("1 bead was marked as working.")
        : vscode.l10n.t("{0} beads were marked as working.", count),
  };
}

function markCompleted({ log }: Services): RowAction {
  return {
    step: "markCompleted",
    title: vscode.l10n.t("Mark Completed"),
    createChanges: (rows) =>
      Promise.resolve(rows.map((row) => ({ kind: "markCompleted", beadId: row.bead_id, observed: row }))),
    summary: (count) =>
      count === 1
        ? vscode.l10n.t("1 bead was marked as completed.")
        : vscode.l10n.t("{0} beads were marked as completed.", count),
    afterwards: (done) => {
      const claimed = done.filter(({ row }) => row !== undefined && isAtomic(row));
      if (claimed.length > 0) showMessage(log, "information", claimStays(claimed));
    },
  };
}

/** ntm would also have closed the bead's claim in the tracker; marking the row doesn't. */
function claimStays(done: readonly Done[]): string {
  const [first] = done;
  return done.length === 1 && first !== undefined
    ? vscode.l10n.t(
        "{0} is completed in the ledger. Its claim in the tracker stays until the bead is closed there.",
        sanitize(first.beadId),
      )
    : vscode.l10n.t(
        "{0} beads are completed in the ledger. Their claims in the tracker stay until the beads are closed there.",
        done.length,
      );
}

function markFailed(): RowAction {
  return {
    step: "markFailed",
    title: vscode.l10n.t("Mark Failed…"),
    createChanges: async (rows) => {
      const [first] = rows;
      const reason = await vscode.window.showInputBox({
        title:
          rows.length === 1 && first !== undefined
            ? vscode.l10n.t("Mark {0} as Failed", sanitize(first.bead_id))
            : vscode.l10n.t("Mark {0} Beads as Failed", rows.length),
        prompt: vscode.l10n.t("Reason (optional)"),
        placeHolder: vscode.l10n.t("tests fail"),
        ignoreFocusOut: true,
      });
      if (reason === undefined) return undefined;
      return rows.map((row) => ({ kind: "markFailed", beadId: row.bead_id, reason: reason.trim(), observed: row }));
    },
    summary: (count) =>
      count === 1
        ? vscode.l10n.t("1 bead was marked as failed.")
        : vscode.l10n.t("{0} beads were marked as failed.", count),
  };
}

function retry(): RowAction & { readonly step: "retry" } {
  return {
    step: "retry",
    title: vscode.l10n.t("Retry"),
    createChanges: (rows) =>
      Promise.resolve(rows.map((row) => ({ kind: "retry", beadId: row.bead_id, observed: row }))),
    summary: (count) =>
      count === 1
        ? vscode.l10n.t("1 bead was set to assigned.")
        : vscode.l10n.t("{0} beads were set to assigned.", count),
  };
}
