// What agents and bug reports get: the chat's tools, the MCP server's configuration, reserved files, the report.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { chatTools } from "../../src/chat";
import { commandId, prefix } from "../../src/contributions";
import { ReservedFileDecorations } from "../../src/views/reservedFiles/decorations";
import { eventually } from "../support/eventually";
import { row } from "../support/foreignSave";
import { TempFolder } from "../support/tempFolder";
import { useHost } from "./hostTest";

describe("Tools for the chat", () => {
  const host = useHost();
  const isOffered = typeof (vscode.lm as Partial<typeof vscode.lm> | undefined)?.registerTool === "function";

  it("are all there", async function () {
    if (!isOffered) this.skip();
    await eventually(() => {
      const names = vscode.lm.tools.map(({ name }) => name);
      for (const name of chatTools) assert.ok(names.includes(name), name);
    });
  });

  it("describe the active session, without a prompt", async function () {
    if (!isOffered) this.skip();
    await host.show([row("bd-1", { status: "working", prompt_sent: "hush" })]);
    const call = async (name: string, input: object): Promise<string> => {
      const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
      return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "")).join("\n");
    };
    assert.match(await call("ntmAssignments_list", {}), /bd-1/);
    const explained = await call("ntmAssignments_explain", { bead_id: "bd-1" });
    assert.match(explained, /working/);
    assert.ok(!explained.includes("hush"), explained);
  });
});

describe("Copy MCP Configuration", () => {
  const host = useHost();

  for (const [client, expected] of [
    ["Claude Code", /"mcpServers"[^]*"TMUX_PANE"/],
    ["Codex CLI", /^\[mcp_servers\.ntm-assignments\]$/m],
    ["Gemini CLI", /"mcpServers"[^]*"\$TMUX_PANE"/],
    ["VS Code", /"servers"[^]*--session=stage-/],
  ] as const) {
    it(`copies and shows the text for ${client}`, async () => {
      await host.show([row("bd-1")]);
      host.dialogs.next(client);
      await vscode.commands.executeCommand(commandId("copyMcpConfiguration"));
      const text = await vscode.env.clipboard.readText();
      assert.match(text, expected);
      // The editor before it may still be the active one for a moment.
      await eventually(() => {
        const shown = vscode.window.activeTextEditor?.document;
        assert.ok(shown?.isUntitled === true && shown.getText().endsWith(text), shown?.getText());
      });
      const launcher = /"([^"]+mcp\.js)"/.exec(text)?.[1];
      assert.ok(launcher !== undefined && fs.existsSync(launcher), text);
      assert.ok(fs.readFileSync(launcher, "utf8").includes("dist"));
      // While the window is still starting, the command may come before the editor is the active one there.
      await eventually(async () => {
        await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
        assert.deepEqual(
          vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
          [],
        );
      });
    });
  }
});

describe("Save Report", () => {
  const host = useHost();
  let folder: TempFolder;
  let showSaveDialog: typeof vscode.window.showSaveDialog;

  beforeEach(() => {
    folder = new TempFolder("report");
    ({ showSaveDialog } = vscode.window);
  });
  afterEach(() => {
    Object.assign(vscode.window, { showSaveDialog });
    folder.remove();
  });

  async function saved(choice: string): Promise<string> {
    const file = path.join(folder.path, "report.md");
    Object.assign(vscode.window, { showSaveDialog: () => Promise.resolve(vscode.Uri.file(file)) });
    host.dialogs.next(choice);
    await vscode.commands.executeCommand(commandId("saveReport"));
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    return fs.readFileSync(file, "utf8");
  }

  const secret = { bead_title: "hush-title", prompt_sent: "hush-prompt", fail_reason: "hush-reason" };

  it("contains the ledger, the versions, the settings and the log, and nothing that agents wrote", async () => {
    const stage = await host.show([row("hush-id", { ...secret, status: "failed", agent_name: "hush-name" })]);
    const text = await saved("Without Texts of Beads");
    assert.ok(!text.includes("hush"), text);
    assert.ok(!text.includes(stage.sessionName) && !text.includes(os.homedir()), text);
    assert.match(text, /\| assignments\.json \| ok \| \d+ \| .* \| [0-9a-f]{64} \|/);
    assert.match(text, /\| NTM Assignments \| \d+\.\d+\.\d+ \|/);
    assert.match(text, /"stuckAfter\.assigned": \d+/);
    assert.match(text, /status: failed/);
  });

  it("includes the rows when that is chosen, and saves nothing when it is canceled", async () => {
    await host.show([row("hush-id", secret)]);
    assert.ok((await saved("With Texts of Beads")).includes("hush-prompt"));
    fs.rmSync(path.join(folder.path, "report.md"));
    await vscode.commands.executeCommand(commandId("saveReport"));
    assert.deepEqual(fs.readdirSync(folder.path), []);
  });
});

describe("Reserved files", () => {
  const host = useHost();
  const project = path.join(os.homedir(), "reserved project");
  const manifests = path.join(os.homedir(), ".local", "share", "ntm", "manifests");
  const file = vscode.Uri.file(path.join(project, "src", "a.ts"));

  beforeEach(() => {
    fs.mkdirSync(path.dirname(file.fsPath), { recursive: true });
    fs.writeFileSync(file.fsPath, "");
  });
  afterEach(async () => {
    await vscode.workspace.getConfiguration(prefix).update("reservedFiles", undefined, true);
    fs.rmSync(project, { recursive: true });
    fs.rmSync(manifests, { recursive: true, force: true });
  });

  it("lead to the bead that reserved them", async () => {
    const stage = await host.show([row("bd-1", { status: "working", reserved_paths: ["src/*.ts"] }), row("bd-2")]);
    fs.mkdirSync(manifests, { recursive: true });
    fs.writeFileSync(path.join(manifests, `${stage.sessionName}.json`), JSON.stringify({ project_dir: project }));
    await vscode.commands.executeCommand(commandId("revealReservation"), file);
    await eventually(() => {
      assert.deepEqual(
        host.internals.beads.selection.map(({ id }) => id),
        ["row:bd-1"],
      );
    });
  });

  it("say that no agent reserved a file", async () => {
    await host.show([row("bd-1")]);
    await vscode.commands.executeCommand(commandId("revealReservation"), file);
    await eventually(() => {
      assert.equal(host.dialogs.only().text, "No bead of this session has reserved this file.");
    });
  });

  it("have a badge and a hover that names bead, agent, pane and time, and are listed for menus", async () => {
    const decorations = new ReservedFileDecorations();
    const listed: (readonly string[])[] = [];
    decorations.onDidChangeReserved((paths) => listed.push(paths));
    try {
      const reserved = { reserved_paths: ["src/*.ts"], reservation_expires_at: "2099-01-01T00:00:00Z" };
      const rows = [row("bd-1", { ...reserved, occupancy_key: "%7", agent_name: "BlueLake" })] as never;
      decorations.update({ rows, projectFolder: project });
      const decoration = decorations.provideFileDecoration(file);
      assert.equal(decoration?.badge, "R");
      assert.match(decoration.tooltip ?? "", /^Reserved for bd-1 \(BlueLake, pane %7\) until /);
      assert.equal(decorations.provideFileDecoration(vscode.Uri.file(path.join(project, "b.md"))), undefined);
      await eventually(() => {
        assert.deepEqual(listed.at(-1), [file.fsPath]);
      });
      decorations.update(undefined);
      await eventually(() => {
        assert.deepEqual(listed.at(-1), []);
      });
    } finally {
      decorations.dispose();
    }
  });
});
