// Gives the user the text that makes the MCP server known to an agent.
import * as fs from "node:fs/promises";
import * as path from "node:path";
import * as vscode from "vscode";
import { storageDir } from "../assignment";
import { setContextKeys, type CommandHandlers } from "../contributions";
import {
  mcpConfiguration,
  type McpClient,
  type McpConfiguration,
  type McpLaunch,
  findNode,
} from "../mcp/configuration";
import { launcherText } from "../mcp/launcher";
import { showMessage } from "../views/showMessage";
import type { Services } from "../services";

/** Product names, which no language changes. */
const clients: Readonly<Record<McpClient, string>> = {
  claude: "Claude Code",
  codex: "Codex CLI",
  gemini: "Gemini CLI",
  vscode: "VS Code",
};

export function mcpCommands(services: Services): CommandHandlers<"copyMcpConfiguration"> {
  return {
    copyMcpConfiguration: async () => {
      const items = Object.entries(clients).map(([client, label]) => {
        return { label, description: fileOf(client as McpClient), client: client as McpClient };
      });
      const title = vscode.l10n.t("Copy MCP Configuration");
      const placeHolder = vscode.l10n.t("Select the agent that uses the server");
      const picked = await vscode.window.showQuickPick(items, { title, placeHolder });
      if (picked === undefined) return;
      const configuration = mcpConfiguration(picked.client, await launch(services, picked.client));
      await vscode.env.clipboard.writeText(configuration.text);
      setContextKeys({ hasCopiedMcpConfiguration: true });
      await show(picked.label, configuration);
      showMessage(
        services.log,
        "information",
        vscode.l10n.t("The configuration was copied. Add it to {0}.", configuration.file),
      );
    },
  };
}

function fileOf(client: McpClient): string {
  return mcpConfiguration(client, { node: "", server: "" }).file;
}

async function launch({ session, context }: Services, client: McpClient): Promise<McpLaunch> {
  const server = path.join(context.globalStorageUri.fsPath, "mcp.js");
  await fs.mkdir(path.dirname(server), { recursive: true });
  await fs.writeFile(server, launcherText(context.extension.extensionPath));
  return {
    node: await findNode(process.versions["electron"] === undefined ? process.execPath : undefined),
    server,
    ...(session.storageDir !== storageDir() && { storageDir: session.storageDir }),
    // The editor runs in no pane from which the session would follow.
    ...(client === "vscode" && { sessionName: session.snapshot?.sessionName }),
  };
}

/** With what it is and where it goes: a text on the clipboard alone can't be checked. */
async function show(client: string, { file, language, text, command }: McpConfiguration): Promise<void> {
  const mark = language === "toml" ? "#" : "//";
  const notes = [
    vscode.l10n.t("{0}: add this to {1}. It is on the clipboard.", client, file),
    ...(command === undefined ? [] : [vscode.l10n.t("Or run: {0}", command)]),
  ];
  const content = `${notes.map((note) => `${mark} ${note}`).join("\n")}\n${text}`;
  const document = await vscode.workspace.openTextDocument({
    language: language === "toml" ? "toml" : "jsonc",
    content,
  });
  await vscode.window.showTextDocument(document, { preview: true });
}
