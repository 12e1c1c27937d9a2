// Finding and running a program named ntm: real processes, of a shell script with a test's output.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { findNtm, runNtm } from "../../../src/ntm/program";
import { projectFolder } from "../../../src/ntm/projectFolder";
import { TemporaryStorage } from "../../support/storage";

describe("The ntm program", () => {
  let storage: TemporaryStorage;
  let bin: string;
  beforeEach(() => {
    storage = new TemporaryStorage();
    bin = path.join(storage.path, "bin");
    fs.mkdirSync(bin);
  });
  afterEach(() => {
    storage.remove();
  });

  const write = (script: string): string => {
    const file = path.join(bin, "ntm");
    fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return file;
  };
  const run = (script: string, more: object = {}) =>
    runNtm(["ntm", "assign", "s", "--json"], { program: write(script), cwd: storage.path, ...more });

  const found = async (setting: string, env: NodeJS.ProcessEnv): Promise<unknown> => {
    const ntm = await findNtm(setting, env);
    return ntm && { path: ntm.path, version: await ntm.version() };
  };

  it("is found where the setting says, else in PATH, with its version", async () => {
    const file = write('echo "ntm version 1.29.3"; echo "  commit: x"');
    const env = { PATH: `relative:/nowhere:${bin}:/usr/bin:/bin` };
    assert.deepEqual(await found("", env), { path: file, version: "1.29.3" });
    assert.deepEqual(await found(file, {}), { path: file, version: "1.29.3" });
    assert.equal(await findNtm(path.join(bin, "other"), env), undefined, "the setting is not second-guessed");
    fs.chmodSync(file, 0o644);
    assert.equal(await findNtm("", { PATH: bin }), undefined);
    fs.rmSync(file);
    fs.mkdirSync(file);
    assert.equal(await findNtm("", { PATH: bin }), undefined);
  });

  it("is found without a version if it doesn't report one", async () => {
    assert.deepEqual(await found(write("exit 3"), {}), { path: path.join(bin, "ntm"), version: undefined });
  });

  it("answers, also by refusing", async () => {
    const done = await run(`echo '{"success":true}'; echo noise >&2`);
    assert.equal(done.kind, "ok");
    const refused = await run(`echo '{"success":false,"error":{"code":"PANE_BUSY","message":"m"}}'; exit 1`);
    assert.ok(refused.kind === "refused");
    assert.deepEqual([refused.code, refused.message], ["PANE_BUSY", "m"]);
  });

  it("gets its arguments as they are, in the project's folder", async () => {
    const file = path.join(storage.path, "said");
    const program = write(`pwd > "${file}"; printf '%s\\n' "$@" >> "${file}"; echo '{"success":true}'`);
    await runNtm(["ntm", "assign", "$(touch x)", "a b", "--json"], { program, cwd: bin });
    assert.deepEqual(fs.readFileSync(file, "utf8").split("\n"), [bin, "assign", "$(touch x)", "a b", "--json", ""]);
  });

  it("that gives no usable answer is a failure which keeps what it printed", async () => {
    const failures = {
      "bad-output": await run("echo hello"),
      refused: await run("echo hello; exit 2"),
      "timed-out": await run("echo hello; exec sleep 60", { timeoutMs: 200 }),
      aborted: await run("exit 0", { signal: AbortSignal.abort() }),
      killed: await run("echo hello; kill -9 $$"),
    };
    for (const [failure, outcome] of Object.entries(failures)) {
      assert.ok(outcome.kind === "failed", failure);
      assert.equal(outcome.error.failure, failure);
      if (failure !== "aborted") assert.equal(outcome.error.output.stdout, "hello\n", failure);
    }
    const missing = await runNtm(["ntm"], { program: path.join(bin, "other"), cwd: storage.path });
    assert.ok(missing.kind === "failed" && missing.error.failure === "not-found");
  });

  it("has the session's project folder in its manifest", async () => {
    const env = { XDG_DATA_HOME: storage.path };
    const manifests = path.join(storage.path, "ntm/manifests");
    fs.mkdirSync(manifests, { recursive: true });
    const put = (content: string): void => {
      fs.writeFileSync(path.join(manifests, "atlas.json"), content);
    };
    const kind = async (session = "atlas"): Promise<string> => (await projectFolder(session, env)).kind;
    assert.equal(await kind(), "no-manifest");
    assert.equal(await kind("../atlas"), "no-manifest");
    put(JSON.stringify({ project_dir: bin, agents: [{ command: "secret" }], more: 1 }));
    assert.deepEqual(await projectFolder("atlas", env), { kind: "found", path: bin });
    for (const content of ["", "{", "null", "{}", '{"project_dir":7}', '{"project_dir":"relative"}']) {
      put(content);
      assert.equal(await kind(), "unreadable", content);
    }
    put(JSON.stringify({ project_dir: path.join(bin, "gone") }));
    assert.equal(await kind(), "no-such-folder");
    put(JSON.stringify({ project_dir: bin, padding: "x".repeat(1_000_000) }));
    assert.equal(await kind(), "unreadable", "too large");
    const home = { HOME: storage.path };
    fs.mkdirSync(path.join(storage.path, ".local/share"), { recursive: true });
    fs.cpSync(path.join(storage.path, "ntm"), path.join(storage.path, ".local/share/ntm"), { recursive: true });
    assert.equal((await projectFolder("atlas", home)).kind, "unreadable", "the default place");
  });
});
