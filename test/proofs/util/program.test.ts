import * as assert from "node:assert/strict";
import { ProgramError, runProgram, type ProgramFailure, type ProgramOptions } from "../../../src/util/program";

/** The code is run by this Node. */
function run(code: string, options: Partial<ProgramOptions> = {}, ...args: readonly string[]) {
  return runProgram(process.execPath, ["-e", code, ...args], { timeoutMs: 4000, ...options });
}

async function failureOf(running: Promise<unknown>): Promise<ProgramError> {
  return running.then(
    () => assert.fail("it didn't fail"),
    (error: unknown) => {
      assert.ok(error instanceof ProgramError, String(error));
      return error;
    },
  );
}

async function fails(running: Promise<unknown>, failure: ProgramFailure): Promise<void> {
  assert.equal((await failureOf(running)).failure, failure);
}

describe("runProgram", () => {
  it("returns what a program printed", async () => {
    const { stdout, stderr } = await run("console.log('é'); console.error('warned')");
    assert.deepEqual([stdout, stderr], ["é\n", "warned\n"]);
  });

  it("passes arguments unchanged, with any characters that a shell would interpret", async () => {
    const hostile = ["$(touch x)", "; rm -rf /", "a b", '"', "'", "*", "\n", ""];
    const { stdout } = await run("console.log(JSON.stringify(process.argv.slice(1)))", {}, ...hostile);
    assert.deepEqual(JSON.parse(stdout), hostile);
  });

  it("reports a missing program", async () => {
    await fails(runProgram("no-such-program-here", [], { timeoutMs: 1000 }), "not-found");
  });

  it("reports a program that can't be executed", async () => {
    await fails(runProgram(__filename, [], { timeoutMs: 1000 }), "not-found");
  });

  it("reports the output and the exit code of a program that fails", async () => {
    const error = await failureOf(run("console.log('why'); console.error('no'); process.exitCode = 3"));
    assert.deepEqual(
      [error.failure, error.exitCode, error.output],
      ["refused", 3, { stdout: "why\n", stderr: "no\n" }],
    );
  });

  it("ends a program that takes too long, even if it ignores the first signal", async () => {
    const start = performance.now();
    await fails(run("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)", { timeoutMs: 300 }), "timed-out");
    assert.ok(performance.now() - start < 4000);
  });

  it("doesn't wait for a grandchild that keeps the output open", async () => {
    const code = `require("child_process").spawn("sleep", ["4"], { stdio: "inherit" }); setInterval(() => {}, 1000)`;
    const start = performance.now();
    await fails(run(code, { timeoutMs: 300 }), "timed-out");
    assert.ok(performance.now() - start < 3500);
  });

  it("ends a program when it is aborted, and starts none after that", async () => {
    const abort = new AbortController();
    const running = run("setInterval(() => {}, 1000)", {
      signal: abort.signal,
      onDidStart: () => {
        abort.abort();
      },
    });
    await fails(running, "aborted");
    await fails(run("", { signal: abort.signal }), "aborted");
  });

  it("reports a program killed by another process", async () => {
    await fails(run("process.kill(process.pid, 'SIGKILL')"), "killed");
  });

  it("limits the output", async () => {
    await fails(run("console.log('x'.repeat(100000))", { maxOutputBytes: 1000 }), "bad-output");
  });

  it("closes the input of a program that reads it", async () => {
    const { stdout } = await run("process.stdin.on('end', () => console.log('end')).resume()");
    assert.equal(stdout, "end\n");
  });
});
