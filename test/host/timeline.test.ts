// What the buttons of the timeline's page save. The page itself is tested in a browser; here its messages are sent.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { commandId } from "../../src/contributions";
import { eventually } from "../support/eventually";
import { row } from "../support/foreignSave";
import { TempFolder } from "../support/tempFolder";
import { useHost } from "./hostTest";

describe("The timeline's files", () => {
  const host = useHost();
  const { createWebviewPanel, showSaveDialog } = vscode.window;
  let folder: TempFolder;
  let sent: vscode.EventEmitter<unknown>;
  let closed: vscode.EventEmitter<void>;
  let suggested: vscode.Uri | undefined;
  let asked: number;

  beforeEach(() => {
    folder = new TempFolder("timeline");
    sent = new vscode.EventEmitter();
    closed = new vscode.EventEmitter();
    Object.assign(vscode.window, { createWebviewPanel: panel });
    asked = 0;
  });
  afterEach(() => {
    closed.fire();
    Object.assign(vscode.window, { createWebviewPanel, showSaveDialog });
    folder.remove();
  });

  /** A tab without a page. */
  function panel(): unknown {
    return {
      visible: true,
      webview: {
        cspSource: "",
        asWebviewUri: (uri: vscode.Uri) => uri,
        onDidReceiveMessage: sent.event,
        postMessage: () => Promise.resolve(true),
      },
      onDidChangeViewState: new vscode.EventEmitter().event,
      onDidDispose: closed.event,
      reveal: () => undefined,
      dispose: () => undefined,
    };
  }

  function choose(file: string | undefined): void {
    const dialog = (options: vscode.SaveDialogOptions): Promise<vscode.Uri | undefined> => {
      suggested = options.defaultUri;
      asked++;
      return Promise.resolve(file === undefined ? undefined : vscode.Uri.file(file));
    };
    Object.assign(vscode.window, { showSaveDialog: dialog });
  }

  async function open(): Promise<string> {
    const failed = {
      status: "failed",
      failed_at: new Date().toISOString(),
      fail_reason: '=cmd("x")',
      agent_name: "@a",
    };
    const { sessionName } = await host.show([row("bd-1", failed)]);
    const { recorder } = host.internals.history;
    await eventually(() => { assert.ok(recorder.history.ofBead("bd-1").length > 0); }); // prettier-ignore
    await vscode.commands.executeCommand(commandId("openTimeline"));
    return sessionName;
  }

  /** What is in the file, once something is. */
  async function content(file: string): Promise<string> {
    return eventually(() => {
      const text = fs.readFileSync(file, "utf8");
      assert.notEqual(text, "");
      return text;
    });
  }

  it("are the history as CSV, without formulas", async () => {
    const sessionName = await open();
    const file = path.join(folder.path, "history.csv");
    choose(file);
    sent.fire({ type: "exportCsv" });
    const [head, ...lines] = (await content(file)).split("\r\n");
    assert.match(head ?? "", /^time,.*,bead,.*,reason$/);
    const failure = lines.find((line) => line.includes("cmd")) ?? "";
    assert.ok(failure.endsWith(`,"'=cmd(""x"")"`), failure);
    assert.ok(failure.includes(",'@a,"), failure);
    assert.equal(path.basename(suggested?.path ?? ""), `${sessionName}-timeline.csv`);
  });

  it("are the picture as SVG, as the page has drawn it", async () => {
    await open();
    const file = path.join(folder.path, "timeline.svg");
    choose(file);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><text>é</text></svg>';
    sent.fire({ type: "saveSvg", svg });
    assert.equal(await content(file), svg);
  });

  it("aren't written where the dialog is canceled", async () => {
    await open();
    choose(undefined);
    sent.fire({ type: "exportCsv" });
    sent.fire({ type: "saveSvg", svg: "<svg/>" });
    await eventually(() => { assert.equal(asked, 2); }); // prettier-ignore
    // An error of theirs is shown before the next file is written.
    const file = path.join(folder.path, "next.svg");
    choose(file);
    sent.fire({ type: "saveSvg", svg: "<svg/>" });
    await content(file);
    assert.deepEqual(host.dialogs.asked, []);
    assert.deepEqual(fs.readdirSync(folder.path), ["next.svg"]);
  });
});
