// Sets up an agent's hooks: what goes into its settings is copied, or merged there after a preview, or removed again.
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { hookInstallation, hookSnippet, type HookInstallation, HookSettingsError } from "../agents/hookSettings";
import { hookedAgents, type HookedAgent } from "../agents/hooks";
import {
  agentSettingsFile,
  applyChange,
  codexNotifyLine,
  previewChange,
  type SettingsChange,
} from "../agents/settingsFile";
import type { CommandHandlers } from "../contributions";
import { escapeLinks } from "../messages";
import { hookSettingsExplanation } from "../messages/hookSettings";
import { agentProductName } from "../session/agentType";
import { tildify } from "../util/tildify";
import { showExplanation, showMessage } from "../views/showMessage";
import type { Services } from "../services";

export function hookCommands({ log }: Pick<Services, "log">): CommandHandlers<"setUpAgentHooks"> {
  return {
    setUpAgentHooks: async () => {
      try {
        await setUp(log);
      } catch (error) {
        if (!(error instanceof HookSettingsError)) throw error;
        log.error(error.message);
        showExplanation(log, "warning", hookSettingsExplanation(error));
      }
    },
  };
}

interface AgentItem extends vscode.QuickPickItem {
  readonly agent: HookedAgent;
  readonly file: string;
}

interface StepItem extends vscode.QuickPickItem {
  readonly step: "merge" | "copy" | "copy-notify" | "remove";
}

async function setUp(log: Services["log"]): Promise<void> {
  const title = vscode.l10n.t("Set Up Agent Hooks");
  const agents = hookedAgents.map((agent): AgentItem => {
    const file = agentSettingsFile(agent, os.homedir(), process.env);
    return { agent, file, label: nameOf(agent), description: tildify(file) };
  });
  const placeHolder = vscode.l10n.t("Select the agent that reports its state through hooks");
  const chosen = await vscode.window.showQuickPick(agents, { title, placeHolder });
  if (chosen === undefined) return;
  const { agent, file } = chosen;
  const installation = await installationOf(agent, file);
  const step = await vscode.window.showQuickPick(stepItems(agent, file, installation), {
    title: vscode.l10n.t("Hooks of {0}", nameOf(agent)),
    placeHolder: installationPhrase(installation),
  });
  switch (step?.step) {
    case undefined:
      return;
    case "copy":
      await vscode.env.clipboard.writeText(hookSnippet(agent));
      return;
    case "copy-notify":
      await vscode.env.clipboard.writeText(codexNotifyLine());
      return;
    case "merge":
    case "remove":
      await change(log, agent, await previewChange(agent, file, step.step), step.step);
  }
}

async function installationOf(agent: HookedAgent, file: string): Promise<HookInstallation> {
  const { before } = await previewChange(agent, file, "remove");
  return hookInstallation(agent, before ?? "");
}

function stepItems(agent: HookedAgent, file: string, installation: HookInstallation): readonly StepItem[] {
  const name = path.basename(file);
  const items: StepItem[] = [];
  if (installation !== "installed") {
    items.push({
      step: "merge",
      label: installation === "absent" ? vscode.l10n.t("Add to {0}…", name) : vscode.l10n.t("Update in {0}…", name),
      detail: vscode.l10n.t("Shows the change first. The file is copied to the same folder before it is written."),
    });
  }
  items.push({
    step: "copy",
    label: vscode.l10n.t("Copy"),
    detail: vscode.l10n.t("Copies the hooks, to be added by hand."),
  });
  if (agent === "codex") {
    items.push({
      step: "copy-notify",
      label: vscode.l10n.t("Copy for Versions Without Hooks"),
      detail: vscode.l10n.t("Copies a line for config.toml, which reports only the end of each turn."),
    });
  }
  if (installation !== "absent") {
    items.push({
      step: "remove",
      label: vscode.l10n.t("Remove from {0}…", name),
      detail: vscode.l10n.t("Shows the change first. Other hooks are kept."),
    });
  }
  return items;
}

/** Shows what would change, and does it when the user agrees. */
async function change(
  log: Services["log"],
  agent: HookedAgent,
  settings: SettingsChange,
  step: "merge" | "remove",
): Promise<void> {
  const file = tildify(settings.file);
  const isConfirmed = await showChange(settings, {
    question:
      step === "merge"
        ? vscode.l10n.t("Add the hooks to {0}?", file)
        : vscode.l10n.t("Remove the hooks from {0}?", file),
    button: step === "merge" ? vscode.l10n.t("Add") : vscode.l10n.t("Remove"),
  });
  if (!isConfirmed) return;
  const { backup } = await applyChange(settings, new Date());
  log.info(`${settings.file}: hooks ${step === "merge" ? "added" : "removed"}, backup: ${backup ?? "none"}`);
  const done =
    step === "merge"
      ? vscode.l10n.t("The hooks were added to {0}. Restart running agents to use them.", file)
      : vscode.l10n.t("The hooks were removed from {0}.", file);
  const kept = backup === undefined ? "" : vscode.l10n.t("The previous file was kept as {0}.", path.basename(backup));
  showMessage(log, "information", [done, step === "merge" ? trustPhrase(agent) : "", kept].filter(Boolean).join(" "));
}

/** Codex CLI runs no hook that its user hasn't trusted. */
function trustPhrase(agent: HookedAgent): string {
  return agent === "codex" ? vscode.l10n.t("Then trust them with /hooks in Codex CLI.") : "";
}

function installationPhrase(installation: HookInstallation): string {
  switch (installation) {
    case "installed":
      return vscode.l10n.t("The hooks are set up");
    case "outdated":
      return vscode.l10n.t("The hooks are from another version of this extension");
    case "absent":
      return vscode.l10n.t("The hooks aren't set up");
  }
}

function nameOf(agent: HookedAgent): string {
  return agentProductName(agent) ?? agent;
}

const scheme = "ntm-assignments-preview";
let count = 0;

/** A notification, so that the diff can be read and scrolled while it asks. */
async function showChange(
  { file, before, after }: SettingsChange,
  { question, button }: { readonly question: string; readonly button: string },
): Promise<boolean> {
  // The editor may still have an earlier preview of the file.
  const number = ++count;
  const uriOf = (side: "before" | "after"): vscode.Uri =>
    vscode.Uri.from({ scheme, path: `/${path.basename(file)}`, query: `${side} ${number}` });
  const registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ query }) => (query.startsWith("after") ? after : (before ?? "")),
  });
  try {
    const title = vscode.l10n.t("{0} (preview)", path.basename(file));
    await vscode.commands.executeCommand("vscode.diff", uriOf("before"), uriOf("after"), title, { preview: true });
    return (
      (await vscode.window.showInformationMessage(escapeLinks(question), button, vscode.l10n.t("Cancel"))) === button
    );
  } finally {
    registration.dispose();
    await closePreviews();
  }
}

async function closePreviews(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const previews = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === scheme,
  );
  await vscode.window.tabGroups.close(previews);
}
