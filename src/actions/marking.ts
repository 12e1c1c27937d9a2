// The verbs that move a row along: working, completed, failed, and back to assigned.
import * as vscode from "vscode";
import { isAtomic } from "../assignment";
import type { CommandHandlers } from "../contributions";
import { plain } from "../words";
import { runRowVerb, type Done, type RowVerb } from "./run";
import { say } from "./report";
import type { Services } from "./services";

export function markingActions(
  services: Services,
): CommandHandlers<"markWorking" | "markCompleted" | "markFailed" | "retry"> {
  return {
    markWorking: (...args) => runRowVerb(services, markWorking(), args),
    markCompleted: (...args) => runRowVerb(services, markCompleted(services), args),
    markFailed: (...args) => runRowVerb(services, markFailed(), args),
    retry: (...args) => runRowVerb(services, retry(), args),
  };
}

function markWorking(): RowVerb {
  return {
    step: "markWorking",
    title: vscode.l10n.t("Mark Working"),
    prepare: (rows) =>
      Promise.resolve(rows.map((row) => ({ kind: "markWorking", beadId: row.bead_id, observed: row }))),
    summary: (count) =>
      count === 1
        ? vscode.l10n.t("1 bead was marked as working.")
        : vscode.l10n.t("{0} beads were marked as working.", count),
  };
}

function markCompleted({ log }: Services): RowVerb {
  return {
    step: "markCompleted",
    title: vscode.l10n.t("Mark Completed"),
    prepare: (rows) =>
      Promise.resolve(rows.map((row) => ({ kind: "markCompleted", beadId: row.bead_id, observed: row }))),
    summary: (count) =>
      count === 1
        ? vscode.l10n.t("1 bead was marked as completed.")
        : vscode.l10n.t("{0} beads were marked as completed.", count),
    afterwards: (done) => {
      const claimed = done.filter(({ row }) => row !== undefined && isAtomic(row));
      if (claimed.length > 0) say(log, "information", claimStays(claimed));
    },
  };
}

/** ntm would have closed the bead's claim as well; a ledger that says "completed" doesn't. */
function claimStays(done: readonly Done[]): string {
  const [first] = done;
  return done.length === 1 && first !== undefined
    ? vscode.l10n.t(
        "{0} is completed in the ledger. Its claim in the tracker stays until the bead is closed there.",
        plain(first.beadId),
      )
    : vscode.l10n.t(
        "{0} beads are completed in the ledger. Their claims in the tracker stay until the beads are closed there.",
        done.length,
      );
}

function markFailed(): RowVerb {
  return {
    step: "markFailed",
    title: vscode.l10n.t("Mark Failed…"),
    prepare: async (rows) => {
      const [first] = rows;
      const reason = await vscode.window.showInputBox({
        title:
          rows.length === 1 && first !== undefined
            ? vscode.l10n.t("Mark {0} as Failed", plain(first.bead_id))
            : vscode.l10n.t("Mark {0} Beads as Failed", rows.length),
        prompt: vscode.l10n.t("Why? May be empty."),
        placeHolder: vscode.l10n.t("tests don't pass"),
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

function retry(): RowVerb {
  return {
    step: "retry",
    title: vscode.l10n.t("Retry"),
    prepare: (rows) => Promise.resolve(rows.map((row) => ({ kind: "retry", beadId: row.bead_id, observed: row }))),
    summary: (count) =>
      count === 1
        ? vscode.l10n.t("1 bead was put back to assigned.")
        : vscode.l10n.t("{0} beads were put back to assigned.", count),
  };
}
