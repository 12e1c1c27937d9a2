// Commands of which the store does a part and ntm the rest: retry and reassign; and release, which only ntm does.
import * as vscode from "vscode";
import { ntmSubcommands, refusal, type Assignment, type NtmSubcommand } from "../../assignment";
import type { CommandArguments, CommandHandlers } from "../../contributions";
import { sanitize } from "../../messages";
import { confirm } from "../input/confirm";
import { showExplanation } from "../../views/showMessage";
import { changeRows, type RowAction } from "../changeRows";
import { noSession, resolveSelection, type RowSelection } from "../selection";
import type { Services } from "../../services";
import type { NtmBeadResult, NtmJob } from "./job";
import { runJob } from "./runJob";

/** Whether the step on the row is one that only ntm can take. */
export function isForNtm(row: Assignment, subcommand: NtmSubcommand, schema: number): boolean {
  if (!ntmSubcommands(row).includes(subcommand)) return false;
  return subcommand === "clear" || refusal(row, subcommand, schema) !== undefined;
}

/** The rows in two parts: for ntm, and for the store, which also says why it refuses the others. */
export function divide(
  { rows, snapshot }: RowSelection,
  subcommand: "retry" | "reassign",
): { readonly forNtm: readonly Assignment[]; readonly forStore: readonly Assignment[] } {
  const isNtms = (row: Assignment): boolean => isForNtm(row, subcommand, snapshot.schema);
  return { forNtm: rows.filter(isNtms), forStore: rows.filter((row) => !isNtms(row)) };
}

/** A command that takes rows of both parts. */
export async function selectFor(
  services: Services,
  args: CommandArguments["rows"],
  { step, title }: Pick<RowAction, "title"> & { readonly step: "retry" | "reassign" },
): Promise<RowSelection | undefined> {
  const fits = (row: Assignment, schema: number): boolean =>
    refusal(row, step, schema) === undefined || ntmSubcommands(row).includes(step);
  return resolveSelection(services, args, { title, takesMany: true, fits });
}

export async function retryRows(services: Services, action: RowAction, selection: RowSelection): Promise<void> {
  const { forNtm, forStore } = divide(selection, "retry");
  if (forStore.length > 0) await changeRows(services, action, { ...selection, rows: forStore });
  if (forNtm.length > 0) await runJob(services, { store: selection.store, task: "retry", beads: beadsOf(forNtm) });
}

export function beadsOf(rows: readonly Assignment[]): NtmJob["beads"] {
  return rows.map((row) => ({ beadId: row.bead_id, row }));
}

/** Every failed row of the session. */
export async function retryAllFailed(services: Services, action: RowAction): Promise<void> {
  const { store, snapshot } = services.session;
  if (store === undefined || snapshot === undefined) {
    showExplanation(services.log, "information", noSession());
    return;
  }
  const rows = snapshot.rows.filter(
    (row) =>
      row.status === "failed" &&
      (refusal(row, "retry", snapshot.schema) === undefined || ntmSubcommands(row).includes("retry")),
  );
  if (rows.length === 0) {
    showExplanation(services.log, "information", {
      sentence: vscode.l10n.t("No failed bead of this session can be retried."),
      next: vscode.l10n.t("The list shows the current state."),
    });
    return;
  }
  const question = vscode.l10n.t("Retry {0} failed beads?", rows.length);
  const sent = rows.filter((row) => isForNtm(row, "retry", snapshot.schema)).length;
  const detail =
    sent === 0
      ? ""
      : vscode.l10n.t("ntm claims {0} of them again, one after the other, and sends their prompts.", sent);
  if (rows.length > 1 && !(await confirm(question, [detail], vscode.l10n.t("Retry")))) return;
  await retryRows(services, action, { store, snapshot, rows });
}

export function ntmRowCommands(services: Services): CommandHandlers<"release"> {
  return {
    release: async (...args) => {
      const fits = (row: Assignment): boolean => ntmSubcommands(row).includes("clear");
      const selection = await resolveSelection(services, args, {
        title: vscode.l10n.t("Release"),
        takesMany: true,
        fits,
      });
      if (selection === undefined) return;
      const rows = selection.rows.filter(fits);
      const [first] = rows;
      if (first === undefined) {
        showExplanation(services.log, "information", nothingToRelease(selection.rows));
        return;
      }
      const question =
        rows.length === 1
          ? vscode.l10n.t("Release {0}?", sanitize(first.bead_id))
          : vscode.l10n.t("Release {0} beads?", rows.length);
      const detail = vscode.l10n.t(
        "ntm gives back the claim in the tracker and the file reservations, and removes the row. The agent isn't notified.",
      );
      const left = selection.rows.length - rows.length;
      const others = left === 0 ? "" : vscode.l10n.t("Left as they are: {0}.", left);
      if (!(await confirm(question, [detail, others], vscode.l10n.t("Release")))) return;
      await release(services, selection, rows);
    },
  };
}

export function release(
  services: Services,
  { store }: Pick<RowSelection, "store">,
  rows: readonly Assignment[],
): Promise<readonly NtmBeadResult[]> {
  return runJob(services, { store, task: "clear", beads: beadsOf(rows) });
}

function nothingToRelease(rows: readonly Assignment[]): { sentence: string; next: string } {
  const [row] = rows;
  if (row?.dispatch_state === "sending") {
    return {
      sentence: vscode.l10n.t(
        "ntm doesn't release {0} while it doesn't know whether its prompt arrived.",
        sanitize(row.bead_id),
      ),
      next: vscode.l10n.t("Look at its pane, then resolve the dispatch."),
    };
  }
  return {
    sentence: vscode.l10n.t(
      "{0} has no claim and no file reservations that ntm could give back.",
      sanitize(row?.bead_id ?? ""),
    ),
    next: vscode.l10n.t("Remove it, or mark it as failed."),
  };
}
