// *Set Up Agent Hooks…* with the settings of each agent, in the user's home folder of this host.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { hookInstallation, hookSnippet } from "../../src/agents/hookSettings";
import { hookedAgents, type HookedAgent } from "../../src/agents/hooks";
import { agentSettingsFile, codexNotifyLine } from "../../src/agents/settingsFile";
import { commandId } from "../../src/contributions";
import { useHost } from "./hostTest";

const names: Readonly<Record<HookedAgent, string>> = {
  claude: "Claude Code",
  codex: "Codex CLI",
  gemini: "Gemini CLI",
};
const before = '{\n  // Mine.\n  "theme": "dark"\n}\n';

describe("Set Up Agent Hooks", () => {
  const host = useHost();
  const fileOf = (agent: HookedAgent): string => agentSettingsFile(agent, os.homedir(), process.env);
  const read = (file: string): string => fs.readFileSync(file, "utf8");
  const setUp = (): Thenable<unknown> => vscode.commands.executeCommand(commandId("setUpAgentHooks"));
  const previews = (): vscode.Tab[] =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputTextDiff);

  const forget = (): void => {
    for (const agent of hookedAgents) fs.rmSync(path.dirname(fileOf(agent)), { recursive: true, force: true });
  };
  beforeEach(forget);
  afterEach(forget);

  function settingsOf(agent: HookedAgent, text: string): string {
    const file = fileOf(agent);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
  }

  for (const agent of hookedAgents) {
    it(`adds the hooks of ${names[agent]} after a preview, with a backup, and removes them again`, async () => {
      const file = settingsOf(agent, before);
      const name = path.basename(file);
      host.dialogs.next(names[agent]);
      host.dialogs.next(`Add to ${name}…`);
      host.dialogs.next(({ text }) => {
        assert.equal(text, `Add the hooks to ~/${path.relative(os.homedir(), file)}?`);
        assert.deepEqual(
          previews().map(({ label }) => label),
          [`${name} (preview)`],
        );
        assert.equal(read(file), before, "nothing is written before the answer");
        return "Add";
      });
      await setUp();
      const merged = read(file);
      assert.equal(hookInstallation(agent, merged), "installed");
      assert.match(merged, /\/\/ Mine\./);
      const backups = fs.readdirSync(path.dirname(file)).filter((one) => one !== name);
      assert.deepEqual(
        backups.map((backup) => read(path.join(path.dirname(file), backup))),
        [before],
      );
      const message = host.dialogs.asked.at(-1)?.text ?? "";
      assert.match(message, /^The hooks were added to .* The previous file was kept as /);
      assert.equal(message.includes("trust them with /hooks"), agent === "codex");
      assert.deepEqual(previews(), []);

      host.dialogs.next(names[agent]);
      host.dialogs.next(`Remove from ${name}…`);
      host.dialogs.next("Remove");
      await setUp();
      assert.equal(read(file), before);
    });
  }

  it("writes nothing when the preview is turned down", async () => {
    const file = settingsOf("claude", before);
    for (const answer of ["Claude Code", "Add to settings.json…", "Cancel"]) host.dialogs.next(answer);
    await setUp();
    assert.equal(read(file), before);
    assert.deepEqual(fs.readdirSync(path.dirname(file)), ["settings.json"]);
  });

  it("creates the file where there is none, and offers only what makes sense", async () => {
    host.dialogs.next("Claude Code");
    host.dialogs.next(({ choices }) => {
      assert.deepEqual(choices, ["Add to settings.json…", "Copy"]);
      return "Add to settings.json…";
    });
    host.dialogs.next("Add");
    await setUp();
    assert.equal(hookInstallation("claude", read(fileOf("claude"))), "installed");
    host.dialogs.next("Claude Code");
    host.dialogs.next(({ choices }) => {
      assert.deepEqual(choices, ["Copy", "Remove from settings.json…"]);
      return undefined;
    });
    await setUp();
  });

  it("copies the hooks, and for old versions of Codex CLI its line, and writes nothing", async () => {
    for (const [agent, choice, expected] of [
      ["gemini", "Copy", hookSnippet("gemini")],
      ["codex", "Copy for Versions Without Hooks", codexNotifyLine()],
    ] as const) {
      host.dialogs.next(names[agent]);
      host.dialogs.next(choice);
      await setUp();
      assert.equal(await vscode.env.clipboard.readText(), expected);
      assert.equal(fs.existsSync(fileOf(agent)), false);
    }
  });

  it("follows a link to where the settings are, and keeps the link", async () => {
    const file = fileOf("gemini");
    const target = settingsOf("claude", before);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.symlinkSync(target, file);
    for (const answer of ["Gemini CLI", "Add to settings.json…", "Add"]) host.dialogs.next(answer);
    await setUp();
    assert.equal(fs.readlinkSync(file), target);
    assert.equal(hookInstallation("gemini", read(target)), "installed");
    assert.equal(fs.readdirSync(path.dirname(target)).length, 2, "the backup is beside the file, not beside the link");
  });

  it("says that settings can't be written, and leaves them as they are", async () => {
    const file = settingsOf("claude", before);
    // As root may write everywhere: what is in the way of the new text.
    fs.writeFileSync(`${file}.ntm-assignments-${process.pid}.tmp`, "");
    for (const answer of ["Claude Code", "Add to settings.json…", "Add"]) host.dialogs.next(answer);
    await setUp();
    const last = host.dialogs.asked.at(-1);
    assert.equal(last?.kind, "warning");
    assert.match(last.text, /settings\.json can't be written/);
    assert.equal(read(file), before);
  });

  for (const [what, make] of [
    [
      "no JSON",
      (file: string) => {
        fs.writeFileSync(file, '{"theme": ');
      },
    ],
    [
      "a folder",
      (file: string) => {
        fs.mkdirSync(file);
      },
    ],
    [
      "a circle of links",
      (file: string) => {
        fs.symlinkSync(path.basename(file), file);
      },
    ],
  ] as const) {
    it(`says why it leaves settings alone that are ${what}`, async () => {
      const file = fileOf("claude");
      fs.mkdirSync(path.dirname(file), { recursive: true });
      make(file);
      host.dialogs.next("Claude Code");
      host.dialogs.next("Add to settings.json…");
      await setUp();
      const last = host.dialogs.asked.at(-1);
      assert.equal(last?.kind, "warning");
      assert.match(last.text, /settings\.json/);
      assert.deepEqual(fs.readdirSync(path.dirname(file)), ["settings.json"]);
    });
  }
});
