import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { isProcessRunning } from "../../../src/util/isProcessRunning";
import { eventually } from "../../support/eventually";

describe("A process", () => {
  it("runs until it ends", async () => {
    assert.ok(isProcessRunning(process.pid));
    const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "ignore"] });
    assert.ok(isProcessRunning(child.pid!));
    child.stdin.end();
    await once(child, "exit");
    assert.ok(!isProcessRunning(child.pid!));
  });

  it("doesn't run once it has ended, while its parent hasn't asked for its result", async function () {
    if (process.platform !== "linux") this.skip();
    // The shell becomes a program that never asks for the result of the shell's child.
    const parent = spawn("sh", ["-c", "sh -c 'echo $$' & exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
    try {
      const [text] = (await once(parent.stdout, "data")) as [Buffer];
      const pid = Number(text.toString());
      assert.ok(pid > 0);
      await eventually(() => {
        process.kill(pid, 0); // It is still in the table of processes.
        assert.ok(!isProcessRunning(pid));
      });
    } finally {
      parent.kill("SIGKILL");
    }
  });
});
