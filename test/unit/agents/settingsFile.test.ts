import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { hookInstallation, HookSettingsError, type HookSettingsProblem } from "../../../src/agents/hookSettings";
import { agentSettingsFile, applyChange, codexNotifyLine, previewChange } from "../../../src/agents/settingsFile";
import { TempFolder } from "../../support/tempFolder";

const now = new Date("2026-01-02T03:04:05.678Z");

describe("an agent's settings file", () => {
  let folder: TempFolder;
  let file: string;

  beforeEach(() => {
    folder = new TempFolder("settings");
    file = path.join(folder.path, ".claude", "settings.json");
    fs.mkdirSync(path.dirname(file));
  });

  afterEach(() => {
    folder.remove();
  });

  async function refused(problem: HookSettingsProblem, attempt: () => Promise<unknown>): Promise<void> {
    await assert.rejects(attempt, (error) => error instanceof HookSettingsError && error.problem === problem);
  }

  const names = (): string[] => fs.readdirSync(path.dirname(file)).sort();

  it("is where the agent looks for it", () => {
    assert.equal(agentSettingsFile("claude", "/home/me", {}), "/home/me/.claude/settings.json");
    assert.equal(agentSettingsFile("claude", "/home/me", { CLAUDE_CONFIG_DIR: "/c" }), "/c/settings.json");
    assert.equal(agentSettingsFile("codex", "/home/me", {}), "/home/me/.codex/hooks.json");
    assert.equal(agentSettingsFile("codex", "/home/me", { CODEX_HOME: "/c" }), "/c/hooks.json");
    assert.equal(agentSettingsFile("gemini", "/home/me", {}), "/home/me/.gemini/settings.json");
    assert.equal(agentSettingsFile("gemini", "/home/me", { GEMINI_CLI_HOME: "/g" }), "/g/.gemini/settings.json");
  });

  it("is only looked at by the preview, and then written with a backup beside it", async () => {
    fs.writeFileSync(file, '{"model": "opus"}', { mode: 0o640 });
    const change = await previewChange("claude", file, "merge");
    assert.deepEqual(names(), ["settings.json"]);
    assert.equal(fs.readFileSync(file, "utf8"), change.before);

    const { backup } = await applyChange(change, now);
    assert.equal(backup, `${file}.ntm-assignments-20260102T030405678Z`);
    assert.equal(fs.readFileSync(backup, "utf8"), '{"model": "opus"}');
    assert.equal(fs.readFileSync(file, "utf8"), change.after);
    assert.equal(hookInstallation("claude", change.after), "installed");
    assert.equal(fs.statSync(file).mode & 0o777, 0o640);
    assert.equal(names().length, 2);
  });

  it("is as before once the hooks are removed, and not written when there are none", async () => {
    const original = '{\n  "model": "opus"\n}\n';
    fs.writeFileSync(file, original);
    await applyChange(await previewChange("claude", file, "merge"), now);
    await applyChange(await previewChange("claude", file, "remove"), new Date(now.getTime() + 1));
    assert.equal(fs.readFileSync(file, "utf8"), original);
    const before = names();
    const { backup } = await applyChange(await previewChange("claude", file, "remove"), now);
    assert.deepEqual([backup, names()], [undefined, before]);
  });

  it("is made where there is none, with its folder, for the user alone", async () => {
    const missing = path.join(folder.path, ".codex", "hooks.json");
    const change = await previewChange("codex", missing, "merge");
    assert.equal(change.before, undefined);
    assert.deepEqual(await applyChange(change, now), { backup: undefined });
    assert.equal(fs.statSync(missing).mode & 0o777, 0o600);
  });

  it("is left alone when it has changed, appeared or gone since the preview", async () => {
    const appeared = await previewChange("claude", file, "merge");
    fs.writeFileSync(file, "{}");
    await refused("changed", () => applyChange(appeared, now));
    const changed = await previewChange("claude", file, "merge");
    fs.writeFileSync(file, '{"model": "other"}');
    await refused("changed", () => applyChange(changed, now));
    assert.equal(fs.readFileSync(file, "utf8"), '{"model": "other"}');
    const gone = await previewChange("claude", file, "merge");
    fs.rmSync(file);
    await refused("changed", () => applyChange(gone, now));
    assert.deepEqual(names(), []);
  });

  it("is written where a link leads, and the link stays", async () => {
    const real = path.join(folder.path, "dotfiles.json");
    fs.writeFileSync(real, "{}");
    fs.symlinkSync(real, file);
    const { backup } = await applyChange(await previewChange("claude", file, "merge"), now);
    assert.ok(fs.lstatSync(file).isSymbolicLink());
    assert.equal(hookInstallation("claude", fs.readFileSync(real, "utf8")), "installed");
    assert.equal(path.dirname(backup ?? ""), folder.path);
  });

  it("is refused when it is no file, can't be understood or can't be written", async () => {
    await refused("not-a-file", () => previewChange("claude", path.dirname(file), "merge"));
    fs.symlinkSync("nowhere", file);
    await refused("not-a-file", () => previewChange("claude", file, "merge"));
    fs.rmSync(file);
    fs.symlinkSync("settings.json", file);
    await refused("not-a-file", () => previewChange("claude", file, "merge"));
    fs.rmSync(file);
    execFileSync("mkfifo", [file]);
    await refused("not-a-file", () => previewChange("claude", file, "merge"));
    fs.rmSync(file);
    fs.writeFileSync(file, Buffer.from([0x7b, 0xff, 0x7d]));
    await refused("unparsable", () => previewChange("claude", file, "merge"));
    fs.writeFileSync(file, '{"hooks": 1}');
    await refused("unexpected-shape", () => previewChange("claude", file, "remove"));

    fs.writeFileSync(file, "{}");
    const change = await previewChange("claude", file, "merge");
    fs.writeFileSync(`${file}.ntm-assignments-20260102T030405678Z`, "another backup");
    await refused("unwritable", () => applyChange(change, now));
    assert.equal(fs.readFileSync(file, "utf8"), "{}");
    assert.equal(names().length, 2);
  });
});

describe("the line for a Codex CLI without hooks", () => {
  it("is one list of strings", () => {
    assert.match(codexNotifyLine(), /^notify = \["sh", "-c", ".*", "ntm-assignments-hook-3", "idle", "-"\]$/);
  });
});
