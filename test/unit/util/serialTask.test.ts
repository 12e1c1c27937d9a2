import * as assert from "node:assert/strict";
import { SerialTask } from "../../../src/util/serialTask";
import { eventually } from "../../support/eventually";

describe("a serial task", () => {
  /** A task whose runs end when the test ends them. */
  class Runs {
    readonly ends: ((error?: Error) => void)[] = [];
    readonly task = new SerialTask(
      () =>
        new Promise((resolve, reject) => {
          this.ends.push((error) => {
            if (error === undefined) resolve();
            else reject(error);
          });
        }),
    );
    began(count: number): Promise<void> {
      return eventually(() => {
        assert.equal(this.ends.length, count);
      });
    }
    end(run: number, error?: Error): void {
      this.ends[run]?.(error);
    }
  }

  it("runs at once if idle", () => {
    const runs = new Runs();
    void runs.task.request();
    assert.equal(runs.ends.length, 1);
  });

  it("combines the requests during a run into exactly one more run, which begins after it", async () => {
    const runs = new Runs();
    const first = runs.task.request();
    const later = [runs.task.request(), runs.task.request(), runs.task.request()];
    assert.equal(runs.ends.length, 1);
    runs.end(0);
    await first;
    await runs.began(2);
    runs.end(1);
    await Promise.all(later);
    assert.equal(runs.ends.length, 2);
  });

  it("reports an error only to the callers of that run", async () => {
    const runs = new Runs();
    const first = runs.task.request();
    const second = runs.task.request();
    runs.end(0, new Error("no"));
    await assert.rejects(first, /no/);
    await runs.began(2);
    runs.end(1);
    await second;
  });

  it("starts no run after dispose", async () => {
    const runs = new Runs();
    const first = runs.task.request();
    const second = runs.task.request();
    runs.task.dispose();
    runs.end(0);
    await Promise.all([first, second]);
    assert.equal(runs.ends.length, 1);
  });
});
