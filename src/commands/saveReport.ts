// Saves what a bug report needs as one Markdown file, and shows it.
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { inspectCopies } from "../assignment";
import { settingDefaults, viewIds, type CommandHandlers, type Settings } from "../contributions";
import { journalFolder, journalName } from "../history/journalFolder";
import { type LedgerSummary, type ReportInputs, type ReportOptions, markdownReport } from "../report/report";
import { lastLines, programVersions } from "../report/logAndVersions";
import { programPath, setting } from "../settings";
import type { Services } from "../services";

const mostLines = 500;

export function reportCommands(services: Services): CommandHandlers<"saveReport"> {
  return {
    saveReport: async () => {
      const options = await askOptions();
      if (options === undefined) return;
      const createdAt = new Date().toISOString();
      const name = `ntm-assignments-report-${createdAt.slice(0, 19).replaceAll(":", "-")}.md`;
      const target = await vscode.window.showSaveDialog({
        defaultUri: vscode.Uri.file(path.join(os.homedir(), name)),
        filters: { Markdown: ["md"] },
      });
      if (target === undefined) return;
      await vscode.window.withProgress({ location: { viewId: viewIds.beads } }, async () => {
        const text = markdownReport(await gather(services, createdAt), options);
        await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
      });
      await vscode.window.showTextDocument(target, { preview: true });
    },
  };
}

async function askOptions(): Promise<ReportOptions | undefined> {
  const items = [
    {
      label: vscode.l10n.t("Without Texts of Beads"),
      detail: vscode.l10n.t("IDs, titles, prompts, reasons, names and paths of the ledger are left out."),
      includesTexts: false,
    },
    {
      label: vscode.l10n.t("With Texts of Beads"),
      detail: vscode.l10n.t("The report includes the rows of the ledger as they are."),
      includesTexts: true,
    },
  ];
  const placeHolder = vscode.l10n.t("Select what the report includes");
  return vscode.window.showQuickPick(items, { title: vscode.l10n.t("Save Report"), placeHolder });
}

async function gather({ session, context }: Services, createdAt: string): Promise<ReportInputs> {
  const { version } = context.extension.packageJSON as { version?: unknown };
  const { snapshot, storageDir } = session;
  const paths = Object.fromEntries(
    (["br", "ntm", "tmux"] as const).flatMap((program) => {
      const configured = programPath(program);
      return configured === undefined ? [] : [[program, configured] as const];
    }),
  );
  const journal =
    snapshot === undefined
      ? undefined
      : path.join(journalFolder(context.globalStorageUri.fsPath), journalName(storageDir, snapshot.sessionName));
  return {
    createdAt,
    versions: {
      "NTM Assignments": String(version),
      [vscode.env.appName]: vscode.version,
      Node: process.versions.node,
      System: `${os.type()} ${os.release()} ${process.arch}`,
      ...(await programVersions(paths)),
    },
    settings: Object.fromEntries(
      (Object.keys(settingDefaults) as (keyof Settings)[]).map((name) => [name, setting(name)]),
    ),
    ledger: await ledgerSummary(session),
    log: await lastLines(path.join(context.logUri.fsPath, "NTM Assignments.log"), mostLines),
    journal: journal === undefined ? [] : await lastLines(journal, mostLines),
    homeFolder: os.homedir(),
  };
}

async function ledgerSummary({ snapshot, storageDir }: Services["session"]): Promise<LedgerSummary | undefined> {
  if (snapshot === undefined) return undefined;
  const { sessionName, path: file, schema, generation, updatedAt, health, rows } = snapshot;
  const copies = await inspectCopies(sessionName, storageDir);
  return { sessionName, path: file, schema, generation, updatedAt, health, copies, rows };
}
