import * as assert from "node:assert/strict";
import { Burst } from "../../../src/util/burst";
import { eventually } from "../../support/eventually";

describe("Burst", () => {
  it("delivers items in quick succession together, in order", async () => {
    const told: (readonly number[])[] = [];
    const burst = new Burst<number>((items) => told.push(items), 30, 10_000);
    burst.add([1]);
    burst.add([]);
    burst.add([2, 3]);
    await eventually(() => {
      assert.deepEqual(told, [[1, 2, 3]]);
    });
    burst.add([4]);
    await eventually(() => {
      assert.deepEqual(told, [[1, 2, 3], [4]]);
    });
  });

  it("doesn't wait for the end of a continuous stream", async () => {
    const told: (readonly number[])[] = [];
    const burst = new Burst<number>((items) => told.push(items), 10_000, 30);
    const stream = setInterval(() => {
      burst.add([1]);
    }, 1);
    try {
      await eventually(() => {
        assert.ok(told.length >= 2);
      });
    } finally {
      clearInterval(stream);
      burst.dispose();
    }
  });

  it("drops the collected items on request", async () => {
    const told: (readonly number[])[] = [];
    const burst = new Burst<number>((items) => told.push(items), 1, 1);
    burst.add([1]);
    burst.drop();
    burst.add([2]);
    await eventually(() => {
      assert.deepEqual(told, [[2]]);
    });
  });
});
