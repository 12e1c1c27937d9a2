// What the extension adds to other parts of the editor: tools for the chat, the MCP server, and decorations of reserved
// files. Loaded after activation.
import * as vscode from "vscode";
import type { Services } from "./actions/services";
import { registerChatTools } from "./chatTools";
import { registerMcpServerDefinition } from "./chatTools/mcpServerDefinition";
import { followReservations } from "./reservedFiles/followReservations";

export function registerIntegrations({ session, log, context }: Services): vscode.Disposable {
  const shown = (): { sessionName: string; storageDir: string } | undefined =>
    session.snapshot === undefined
      ? undefined
      : { sessionName: session.snapshot.sessionName, storageDir: session.storageDir };
  return vscode.Disposable.from(
    registerChatTools(() => {
      const [place, snapshot] = [shown(), session.snapshot];
      return place === undefined || snapshot === undefined ? undefined : { ...place, get: snapshot.get };
    }),
    registerMcpServerDefinition({
      server: vscode.Uri.joinPath(context.extensionUri, "dist", "mcp.js").fsPath,
      version: String((context.extension.packageJSON as { version?: unknown }).version),
      session: shown,
      onDidChangeSession: session.onDidChange,
      log,
    }),
    followReservations(session, log),
  );
}
