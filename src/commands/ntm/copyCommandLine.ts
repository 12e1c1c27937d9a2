// For steps that only ntm can do: its exact command line, to copy or to run.
import * as vscode from "vscode";
import { ntmSubcommands, type Assignment, type NtmSubcommand } from "../../assignment";
import type { CommandArguments, CommandHandlers } from "../../contributions";
import { sanitize, type Explanation } from "../../messages";
import { ntmCommand, ntmReassignCommand, UnquotableArgumentError, type CommandLine } from "../../ntm/commandLine";
import { joinedLine, shellLine, shellSyntax } from "../../ntm/shell";
import { askPane, findPaneOptions } from "../input/panePicker";
import { showExplanation } from "../../views/showMessage";
import type { Services } from "../../services";
import { resolveSelection, type RowSelection } from "../selection";
import { runInTerminal } from "../terminal";

export function commandLineCommands(services: Services): CommandHandlers<"copyNtmCommand" | "runNtmCommand"> {
  return {
    copyNtmCommand: async (...args) => {
      const chosen = await chooseLines(services, args, { title: vscode.l10n.t("Copy ntm Command"), isShown: false });
      if (chosen !== undefined) await vscode.env.clipboard.writeText(chosen.line);
    },
    runNtmCommand: async (...args) => {
      // The user always sees the command before it runs: it prompts agents and releases claims.
      const chosen = await chooseLines(services, args, { title: vscode.l10n.t("Run in Terminal"), isShown: true });
      if (chosen !== undefined) runInTerminal(chosen.sessionName, chosen.line);
    },
  };
}

/** Quoted for the shell of a new terminal. @throws {UnquotableArgumentError} */
export function typedLines(commands: readonly CommandLine[]): readonly string[] {
  const syntax = shellSyntax(vscode.env.shell);
  return commands.map((command) => shellLine(command, syntax));
}

export function unquotableExplanation({ argument }: UnquotableArgumentError): Explanation {
  return {
    sentence: vscode.l10n.t("“{0}” can't be passed safely on a command line.", sanitize(argument)),
    next: vscode.l10n.t("It contains characters that the shell or ntm would interpret."),
  };
}

interface Chosen {
  readonly sessionName: string;
  /** All commands in one line. */
  readonly line: string;
}

async function chooseLines(
  services: Services,
  args: CommandArguments["rows"],
  { title, isShown }: { title: string; isShown: boolean },
): Promise<Chosen | undefined> {
  const fits = (row: Assignment): boolean => ntmSubcommands(row).length > 0;
  const selection = await resolveSelection(services, args, { title, takesMany: true, fits });
  if (selection === undefined) return undefined;
  const subcommands = commonSubcommands(selection.rows);
  if (subcommands.length === 0) {
    showExplanation(services.log, "information", nothingToRun(selection.rows));
    return undefined;
  }
  const [only] = subcommands;
  const subcommand =
    subcommands.length === 1 && !isShown ? only : await chooseSubcommand(selection, subcommands, title);
  if (subcommand === undefined) return undefined;
  try {
    const lines = await linesFor(services, selection, subcommand);
    if (lines === undefined) return undefined;
    return { sessionName: selection.store.sessionName, line: joinedLine(lines, vscode.env.shell) };
  } catch (error) {
    if (!(error instanceof UnquotableArgumentError)) throw error;
    showExplanation(services.log, "warning", unquotableExplanation(error));
    return undefined;
  }
}

/** The ntm commands that apply to all of the rows. */
function commonSubcommands(rows: readonly Assignment[]): readonly NtmSubcommand[] {
  const [first = [], ...others] = rows.map(ntmSubcommands);
  return first.filter((subcommand) => others.every((subcommands) => subcommands.includes(subcommand)));
}

function nothingToRun(rows: readonly Assignment[]): Explanation {
  const [row] = rows;
  return rows.length === 1 && row !== undefined
    ? {
        sentence: vscode.l10n.t("There is no ntm command for the current state of {0}.", sanitize(row.bead_id)),
        next: vscode.l10n.t("Its hover shows what it is waiting for."),
      }
    : {
        sentence: vscode.l10n.t("No ntm command applies to all {0} beads.", rows.length),
        next: vscode.l10n.t("Select beads that have the same status."),
      };
}

interface SubcommandItem extends vscode.QuickPickItem {
  readonly subcommand: NtmSubcommand;
}

async function chooseSubcommand(
  selection: RowSelection,
  subcommands: readonly NtmSubcommand[],
  title: string,
): Promise<NtmSubcommand | undefined> {
  const items = subcommands.map((subcommand): SubcommandItem => ({
    subcommand,
    ...subcommandLabel(subcommand),
    detail: preview(selection, subcommand) ?? "",
  }));
  const placeHolder = vscode.l10n.t("Select an ntm command");
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.subcommand;
}

function subcommandLabel(subcommand: NtmSubcommand): { label: string; description: string } {
  switch (subcommand) {
    case "retry":
      return {
        label: vscode.l10n.t("Retry"),
        description: vscode.l10n.t("claims the bead again and sends the prompt"),
      };
    case "reassign":
      return {
        label: vscode.l10n.t("Reassign…"),
        description: vscode.l10n.t("moves the claim, the file reservations and the prompt to another pane"),
      };
    case "clear":
      return {
        label: vscode.l10n.t("Clear"),
        description: vscode.l10n.t("releases the claim and the file reservations, and removes the row"),
      };
  }
}

/** The command line, as far as it is already known. */
function preview({ store: { sessionName }, rows }: RowSelection, subcommand: NtmSubcommand): string | undefined {
  const [row] = rows;
  if (row === undefined || subcommand === "reassign") return undefined;
  try {
    const [line = ""] = typedLines([ntmCommand(sessionName, row, subcommand)]);
    return rows.length === 1 ? line : vscode.l10n.t("{0} … and {1} more", line, rows.length - 1);
  } catch {
    return undefined; // The error is shown when the item is selected.
  }
}

/** `undefined`: the user canceled. @throws {UnquotableArgumentError} */
async function linesFor(
  { panes: livePanes }: Services,
  { store, snapshot, rows }: RowSelection,
  subcommand: NtmSubcommand,
): Promise<readonly string[] | undefined> {
  const { sessionName } = store;
  if (subcommand !== "reassign") return typedLines(rows.map((row) => ntmCommand(sessionName, row, subcommand)));
  const panes = await findPaneOptions(livePanes, sessionName, snapshot, true);
  const pane = await askPane({ title: vscode.l10n.t("Reassign with ntm"), step: 1, totalSteps: 1 }, panes);
  if (typeof pane !== "object" || pane.paneId === undefined) return undefined;
  const { paneId } = pane;
  return typedLines(rows.map((row) => ntmReassignCommand(sessionName, row.bead_id, paneId)));
}
