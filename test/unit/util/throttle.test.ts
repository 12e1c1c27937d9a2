import * as assert from "node:assert/strict";
import { eventually } from "../../support/eventually";
import { Throttle } from "../../../src/util/throttle";

describe("a throttle", () => {
  it("runs at once, gathers what is requested meanwhile, and runs once more", async () => {
    let runs = 0;
    const throttle = new Throttle(() => runs++, 20);
    throttle.request();
    assert.equal(runs, 1);
    throttle.request();
    throttle.request();
    assert.equal(runs, 1);
    await eventually(() => {
      assert.equal(runs, 2);
    });
    throttle.dispose();
  });

  it("goes on at its interval under requests that never pause", async () => {
    const times: number[] = [];
    const throttle = new Throttle(() => times.push(performance.now()), 20);
    const requesting = setInterval(() => {
      throttle.request();
    }, 1);
    await eventually(() => {
      assert.ok(times.length > 5);
    });
    clearInterval(requesting);
    throttle.dispose();
    for (const [at, time] of times.entries()) if (at > 0) assert.ok(time - times[at - 1]! >= 19);
  });

  it("doesn't run after dispose", async () => {
    let runs = 0;
    const throttle = new Throttle(() => runs++, 5);
    throttle.request();
    throttle.request();
    throttle.dispose();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(runs, 1);
  });
});
