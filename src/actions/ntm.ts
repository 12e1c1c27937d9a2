// Leaves to ntm what a hand must not do: its exact command line, to take along or to run.
import * as vscode from "vscode";
import { ntmVerbs, type Assignment, type NtmVerb } from "../assignment";
import type { CommandArguments, CommandHandlers } from "../contributions";
import { plain, type Explanation } from "../words";
import { ntmCommand, ntmReassignCommand, UnspeakableArgumentError, type CommandLine } from "./ntmCommand";
import { askPane, findPanes } from "./paneChoice";
import { explain } from "./report";
import type { Services } from "./services";
import { shellLine, shellSyntax } from "./shell";
import { chooseSubject, type Subject } from "./subject";
import { runInTerminal } from "./terminal";

export function ntmActions(services: Services): CommandHandlers<"copyNtmCommand" | "runNtmCommand"> {
  return {
    copyNtmCommand: async (...args) => {
      const chosen = await chooseLines(services, args, { title: vscode.l10n.t("Copy ntm Command"), isShown: false });
      if (chosen !== undefined) await vscode.env.clipboard.writeText(chosen.lines.join("\n"));
    },
    runNtmCommand: async (...args) => {
      // What runs is always read first: it prompts agents and gives up claims.
      const chosen = await chooseLines(services, args, { title: vscode.l10n.t("Run in Terminal"), isShown: true });
      if (chosen !== undefined) runInTerminal(chosen.sessionName, chosen.lines);
    },
  };
}

/** As the shell of a new terminal takes them. @throws {UnspeakableArgumentError} */
export function typedLines(commands: readonly CommandLine[]): readonly string[] {
  const syntax = shellSyntax(vscode.env.shell);
  return commands.map((command) => shellLine(command, syntax));
}

export function unspeakable({ argument }: UnspeakableArgumentError): Explanation {
  return {
    sentence: vscode.l10n.t("“{0}” can't be said to ntm on a command line safely.", plain(argument)),
    next: vscode.l10n.t("It has characters that a shell, or ntm, would take for something else."),
  };
}

interface Chosen {
  readonly sessionName: string;
  readonly lines: readonly string[];
}

async function chooseLines(
  services: Services,
  args: CommandArguments["rows"],
  { title, isShown }: { title: string; isShown: boolean },
): Promise<Chosen | undefined> {
  const fits = (row: Assignment): boolean => ntmVerbs(row).length > 0;
  const subject = await chooseSubject(services, args, { title, takesMany: true, fits });
  if (subject === undefined) return undefined;
  const verbs = commonVerbs(subject.rows);
  if (verbs.length === 0) {
    explain(services.log, "information", nothingToRun(subject.rows));
    return undefined;
  }
  const [only] = verbs;
  const verb = verbs.length === 1 && !isShown ? only : await chooseVerb(subject, verbs, title);
  if (verb === undefined) return undefined;
  try {
    const lines = await linesFor(subject, verb);
    return lines === undefined ? undefined : { sessionName: subject.store.sessionName, lines };
  } catch (error) {
    if (!(error instanceof UnspeakableArgumentError)) throw error;
    explain(services.log, "warning", unspeakable(error));
    return undefined;
  }
}

/** What ntm would do with every one of the rows. */
function commonVerbs(rows: readonly Assignment[]): readonly NtmVerb[] {
  const [first = [], ...others] = rows.map(ntmVerbs);
  return first.filter((verb) => others.every((verbs) => verbs.includes(verb)));
}

function nothingToRun(rows: readonly Assignment[]): Explanation {
  const [row] = rows;
  return rows.length === 1 && row !== undefined
    ? {
        sentence: vscode.l10n.t("ntm has no command for {0} as it stands.", plain(row.bead_id)),
        next: vscode.l10n.t("Its hover says what it waits for."),
      }
    : {
        sentence: vscode.l10n.t("ntm has no command that fits all {0} beads.", rows.length),
        next: vscode.l10n.t("Choose beads that stand alike."),
      };
}

interface VerbItem extends vscode.QuickPickItem {
  readonly verb: NtmVerb;
}

async function chooseVerb(subject: Subject, verbs: readonly NtmVerb[], title: string): Promise<NtmVerb | undefined> {
  const items = verbs.map((verb): VerbItem => ({ verb, ...verbWords(verb), detail: preview(subject, verb) ?? "" }));
  const placeHolder = vscode.l10n.t("What shall ntm do?");
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.verb;
}

function verbWords(verb: NtmVerb): { label: string; description: string } {
  switch (verb) {
    case "retry":
      return { label: vscode.l10n.t("Retry"), description: vscode.l10n.t("claims it again and sends the prompt") };
    case "reassign":
      return {
        label: vscode.l10n.t("Reassign…"),
        description: vscode.l10n.t("moves claim, files and prompt to another pane"),
      };
    case "clear":
      return { label: vscode.l10n.t("Clear"), description: vscode.l10n.t("releases claim and files, removes the row") };
  }
}

/** The line that would be typed, as far as it is known by now. */
function preview({ store: { sessionName }, rows }: Subject, verb: NtmVerb): string | undefined {
  const [row] = rows;
  if (row === undefined || verb === "reassign") return undefined;
  try {
    const [line = ""] = typedLines([ntmCommand(sessionName, row, verb)]);
    return rows.length === 1 ? line : vscode.l10n.t("{0} … and {1} more", line, rows.length - 1);
  } catch {
    return undefined; // Choosing it says why.
  }
}

/** `undefined`: the person turned away. @throws {UnspeakableArgumentError} */
async function linesFor({ store, snapshot, rows }: Subject, verb: NtmVerb): Promise<readonly string[] | undefined> {
  const { sessionName } = store;
  if (verb !== "reassign") return typedLines(rows.map((row) => ntmCommand(sessionName, row, verb)));
  const panes = await findPanes(sessionName, snapshot, true);
  const pane = await askPane({ title: vscode.l10n.t("Reassign by ntm"), step: 1, totalSteps: 1 }, panes);
  if (typeof pane !== "object" || pane.paneId === undefined) return undefined;
  const { paneId } = pane;
  return typedLines(rows.map((row) => ntmReassignCommand(sessionName, row.bead_id, paneId)));
}
