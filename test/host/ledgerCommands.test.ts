// Commands for a ledger as a whole, and those that run ntm or tmux.
import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { commandId, type CommandName } from "../../src/contributions";
import { row } from "../support/foreignSave";
import { TempFolder } from "../support/tempFolder";
import { rowNode } from "./activated";
import { useHost } from "./hostTest";
import type { LedgerStage } from "./ledgerStage";

const atomic = { occupancy_key: "%3", dispatch_target: "%3", idempotency_key: "key", dispatch_state: "sent" };

async function run(name: CommandName, beadId?: string): Promise<void> {
  await vscode.commands.executeCommand(commandId(name), beadId === undefined ? undefined : rowNode(beadId));
}

describe("Ledger commands", () => {
  const host = useHost();

  const ofRows = (...rows: readonly Record<string, unknown>[]): Promise<LedgerStage> => host.show(rows);
  const ofPair = (pair: string): Promise<LedgerStage> => host.showFixture(`pairs/${pair}`);

  it("say that a valid ledger is valid", async () => {
    const ledger = await ofRows(row("bd-1"), row("bd-2"));
    await run("diagnoseLedger");
    assert.equal(host.dialogs.only().text, `The ledger of ${ledger.sessionName} is valid: 2 beads, schema 9.`);
  });

  it("repair after a question, and keep what they replace", async () => {
    const ledger = await ofPair("primary-corrupt-backup-valid");
    const torn = fs.readFileSync(ledger.primary);
    await run("diagnoseLedger");
    assert.deepEqual(host.dialogs.only().choices, ["Repair Ledger…"]);
    await run("repairLedger");
    assert.equal(host.dialogs.only().isModal, true);
    assert.deepEqual(fs.readFileSync(ledger.primary), torn, "nothing happens before the answer");
    host.dialogs.next("Repair");
    await run("repairLedger");
    const [, said] = host.dialogs.asked;
    assert.match(said?.text ?? "", /was repaired\. The replaced file was kept as assignments\.json\./);
    const kept = fs.readdirSync(path.dirname(ledger.primary)).filter((name) => /^assignments\.json\.[^.]+-/.test(name));
    assert.equal(kept.length, 1, kept.join(" "));
    assert.deepEqual(fs.readFileSync(path.join(path.dirname(ledger.primary), kept[0]!)), torn);
    assert.equal(host.internals.session.store?.health.kind, "ok");
  });

  it("explain what can't be repaired, and change nothing", async () => {
    const ledger = await ofPair("both-corrupt");
    const before = fs.readFileSync(ledger.primary);
    await run("repairLedger");
    assert.match(host.dialogs.only().text, /is incomplete or not valid JSON\. Open the file and decide what to keep/);
    assert.deepEqual(fs.readFileSync(ledger.primary), before);
  });

  it("refuse to change a ledger that isn't whole, and say why before they ask anything", async () => {
    const ledger = await ofPair("primary-valid-backup-corrupt");
    const [first] = host.internals.session.snapshot?.rows ?? [];
    assert.ok(first !== undefined, "the good copy is shown");
    const before = fs.readFileSync(ledger.primary);
    await run("remove", first.bead_id);
    assert.match(host.dialogs.only().text, /\.bak is incomplete or not valid JSON\./);
    assert.deepEqual(fs.readFileSync(ledger.primary), before);
  });

  it("open the ledger for reading only", async () => {
    const ledger = await ofRows(row("bd-1"));
    const before = fs.readFileSync(ledger.primary, "utf8");
    await run("openLedger");
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, ledger.primary);
    await vscode.commands.executeCommand("type", { text: "!" });
    assert.equal(vscode.window.activeTextEditor.document.getText(), before);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  });

  it("copy the exact command for what must be left to ntm", async () => {
    const { sessionName } = await ofRows(row("bd-1", { ...atomic, status: "failed" }));
    host.dialogs.next("Retry");
    await run("copyNtmCommand", "bd-1");
    assert.deepEqual(host.dialogs.only().choices, ["Retry", "Clear"]);
    assert.equal(await vscode.env.clipboard.readText(), `ntm assign ${sessionName} --retry bd-1`);
  });

  it("say so when ntm has no command either", async () => {
    await ofRows(row("bd-1", { ...atomic, status: "claimed", dispatch_state: "sending" }));
    await run("copyNtmCommand", "bd-1");
    assert.match(host.dialogs.only().text, /^There is no ntm command for the current state of bd-1\./);
  });

  it("quote an id for the shell, and refuse one that would end the line", async () => {
    const id = "bd 1; touch 'x' $(id)";
    const { sessionName } = await ofRows(row(id, { ...atomic }), row("bd\n2", { ...atomic }));
    await run("copyNtmCommand", id);
    const expected = `ntm assign ${sessionName} --clear 'bd 1; touch '\\''x'\\'' $(id)'`;
    assert.equal(await vscode.env.clipboard.readText(), expected);
    await run("copyNtmCommand", "bd\n2");
    assert.match(host.dialogs.only().text, /^“bd 2” can't be passed safely on a command line\./);
    assert.equal(await vscode.env.clipboard.readText(), expected);
  });

  it("show the command before it runs, and run it in a terminal of the session", async () => {
    const { sessionName } = await ofRows(row("bd-1", { ...atomic }));
    await run("runNtmCommand", "bd-1");
    assert.deepEqual(host.dialogs.only().choices, ["Clear"]);
    assert.equal(
      vscode.window.terminals.some(({ name }) => name === `ntm ${sessionName}`),
      false,
    );
    host.dialogs.next("Clear");
    await run("runNtmCommand", "bd-1");
    const terminal = vscode.window.terminals.find(({ name }) => name === `ntm ${sessionName}`);
    assert.ok(terminal !== undefined);
    terminal.dispose();
  });

  it("attach tmux in one terminal, which they use again", async function () {
    const { sessionName } = await ofRows(row("bd-1"));
    const sockets = new TempFolder("tmux");
    process.env["TMUX_TMPDIR"] = sockets.path;
    try {
      execFileSync("tmux", ["new-session", "-d", "-s", sessionName, "sleep 60"], { stdio: "ignore" });
    } catch {
      Reflect.deleteProperty(process.env, "TMUX_TMPDIR");
      sockets.remove();
      this.skip();
    }
    try {
      await run("openSessionTerminal");
      await run("openSessionTerminal");
      const terminals = vscode.window.terminals.filter(({ name }) => name === `tmux ${sessionName}`);
      assert.equal(terminals.length, 1);
      const { shellPath, shellArgs } = terminals[0]?.creationOptions as vscode.TerminalOptions;
      assert.deepEqual([shellPath, shellArgs], ["tmux", ["attach-session", "-t", `=${sessionName}`]]);
      terminals[0]?.dispose();
      assert.deepEqual(host.dialogs.asked, []);
    } finally {
      execFileSync("tmux", ["kill-server"], { stdio: "ignore" });
      Reflect.deleteProperty(process.env, "TMUX_TMPDIR");
      sockets.remove();
    }
  });

  it("say so when tmux hasn't got the session, or isn't there", async () => {
    await ofRows(row("bd-1"));
    await run("openSessionTerminal");
    const { text } = host.dialogs.only();
    assert.ok(/^(There is no session |No tmux server answers|tmux can't be run)/.test(text), text);
  });
});
