// What a report is made of: the ledger's copies, the end of a file, the versions of programs.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { inspectCopies } from "../../../src/assignment";
import { lastLines, programVersions } from "../../../src/report/logAndVersions";
import { TemporaryStorage } from "../../support/storage";
import { TempFolder } from "../../support/tempFolder";

describe("what a report is made of", () => {
  let storage: TemporaryStorage;
  let folder: TempFolder;

  beforeEach(() => {
    storage = new TemporaryStorage();
    folder = new TempFolder("report");
  });
  afterEach(() => {
    storage.remove();
    folder.remove();
  });

  it("is each copy by size, time, checksum and state", async () => {
    storage.putFixture("plain", "schema9/plain");
    const [primary, backup, lock] = await inspectCopies("plain", storage.path);
    assert.equal(primary?.state, "ok");
    assert.equal(primary.size, fs.statSync(storage.primary("plain")).size);
    assert.match(primary.sha256 ?? "", /^[0-9a-f]{64}$/);
    assert.match(primary.modifiedAt ?? "", /^\d{4}-\d\d-\d\dT/);
    assert.equal(backup?.name, "assignments.json.bak");
    assert.deepEqual(lock, { name: "assignments.json.lock", state: "absent" });
  });

  it("is the code of what is wrong with a copy", async () => {
    storage.putFixture("plain", "schema9/plain");
    fs.writeFileSync(storage.primary("plain"), '{"session_name": "secret');
    fs.rmSync(`${storage.primary("plain")}.bak`, { force: true });
    fs.mkdirSync(`${storage.primary("plain")}.bak`);
    const [primary, backup] = await inspectCopies("plain", storage.path);
    assert.equal(primary?.state, "malformed");
    assert.equal(backup?.state, "not-a-file");
  });

  it("is the end of a file, by whole lines, and nothing of one that isn't there", async () => {
    const file = path.join(folder.path, "log");
    fs.writeFileSync(file, "a\nb\n\nc\n");
    assert.deepEqual(await lastLines(file, 2), ["b", "c"]);
    const long = `${"x".repeat(200_000)}\n`;
    fs.writeFileSync(file, `${long}${long}end\n`);
    assert.deepEqual(await lastLines(file, 9), ["x".repeat(200_000), "end"]);
    assert.deepEqual(await lastLines(path.join(folder.path, "none"), 9), []);
    assert.deepEqual(await lastLines(folder.path, 9), []);
  });

  it("is what programs print of their version, or why they don't", async () => {
    const tmux = path.join(folder.path, "tmux");
    fs.writeFileSync(tmux, "#!/bin/sh\necho tmux 3.3a\necho more\n", { mode: 0o755 });
    const missing = path.join(folder.path, "missing");
    const versions = await programVersions({ tmux, ntm: missing, br: missing });
    assert.deepEqual(versions, { tmux: "tmux 3.3a", ntm: "not-found", br: "not-found" });
  });
});
