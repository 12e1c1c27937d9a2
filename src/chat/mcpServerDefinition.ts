// Makes the MCP server known to the editor by itself, from VS Code 1.101 on; the types of 1.100 don't have it yet.
import * as vscode from "vscode";
import type { Log } from "../util/log";
import type { Event } from "../util/event";

interface StdioServerDefinition {
  readonly label: string;
}

interface ServerDefinitionProvider {
  readonly onDidChangeMcpServerDefinitions: vscode.Event<void>;
  readonly provideMcpServerDefinitions: () => readonly StdioServerDefinition[];
}

declare module "vscode" {
  const McpStdioServerDefinition:
    | (new (
        label: string,
        command: string,
        args?: string[],
        env?: Record<string, string | number | null>,
        version?: string,
      ) => StdioServerDefinition)
    | undefined;
  // eslint-disable-next-line @typescript-eslint/no-namespace -- as the types have it
  namespace lm {
    const registerMcpServerDefinitionProvider:
      ((id: string, provider: ServerDefinitionProvider) => vscode.Disposable) | undefined;
  }
}

/** As package.json has it under `contributes.mcpServerDefinitionProviders`. */
export const mcpProviderId = "ntmAssignments.mcp";

export interface McpServerOptions {
  /** The path of `dist/mcp.js`. */
  readonly server: string;
  readonly version: string;
  /** The session that the views show, and where its ledger is: the editor doesn't run in a pane. */
  readonly session: () => ServedSession | undefined;
  /** Fires when the session that the views show, or anything of it, changed. */
  readonly onDidChangeSession: Event<unknown>;
  readonly log: Pick<Log, "info">;
}

interface ServedSession {
  readonly sessionName: string;
  readonly storageDir: string;
}

/** Registers nothing where the editor has no such API, or has it for others only. */
export function registerMcpServerDefinition({
  server,
  version,
  session,
  onDidChangeSession,
  log,
}: McpServerOptions): vscode.Disposable {
  // Named one by one: the whole module would make a copy of all its names.
  const Definition = vscode.McpStdioServerDefinition;
  const register = (vscode.lm as Partial<typeof vscode.lm> | undefined)?.registerMcpServerDefinitionProvider;
  if (Definition === undefined || register === undefined) return vscode.Disposable.from();
  const changed = new vscode.EventEmitter<void>();
  const provideMcpServerDefinitions = (): readonly StdioServerDefinition[] => {
    const shown = session();
    if (shown === undefined) return [];
    const args = [server, `--session=${shown.sessionName}`, `--storage-dir=${shown.storageDir}`];
    // The editor's own program is Node when the first variable says so. The pane from which the editor was started isn't
    // the chat's.
    const env = { ELECTRON_RUN_AS_NODE: "1", TMUX_PANE: null };
    return [new Definition("NTM Assignments", process.execPath, args, env, version)];
  };
  let registration: vscode.Disposable;
  try {
    const provider = { onDidChangeMcpServerDefinitions: changed.event, provideMcpServerDefinitions };
    registration = register(mcpProviderId, provider);
  } catch (error) {
    // VS Code 1.100 has the function, but not for all extensions yet.
    log.info(`The editor takes no MCP server: ${error instanceof Error ? error.message : String(error)}`);
    return vscode.Disposable.from(changed);
  }
  let offered = session();
  const subscription = onDidChangeSession(() => {
    const shown = session();
    if (shown?.sessionName === offered?.sessionName && shown?.storageDir === offered?.storageDir) return;
    offered = shown;
    changed.fire();
  });
  return vscode.Disposable.from(registration, subscription, changed);
}
