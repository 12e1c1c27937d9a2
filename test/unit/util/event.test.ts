import * as assert from "node:assert/strict";
import { DisposableStore } from "../../../src/util/disposableStore";
import { Emitter } from "../../../src/util/event";

describe("an emitter", () => {
  it("calls every current listener", () => {
    const heard: string[] = [];
    const emitter = new Emitter<number>();
    const listener = (value: number): void => {
      heard.push(`both ${value}`);
    };
    const first = emitter.event(listener);
    emitter.event(listener);
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    emitter.dispose();
    emitter.fire(3);
    assert.deepEqual(heard, ["both 1", "both 1", "both 2"]);
  });

  it("calls the other listeners when one throws, and reports the exception", async () => {
    const heard: number[] = [];
    const emitter = new Emitter<number>();
    emitter.event(() => {
      throw new Error("a listener's own fault");
    });
    emitter.event((value) => heard.push(value));
    const listeners = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    try {
      const uncaught = new Promise<Error>((resolve) => process.once("uncaughtException", resolve));
      emitter.fire(1);
      assert.deepEqual(heard, [1]);
      assert.match((await uncaught).message, /own fault/);
    } finally {
      for (const listener of listeners) process.on("uncaughtException", listener);
    }
  });
});

describe("a store of disposables", () => {
  it("disposes in reverse order, once, and at once of anything added later", () => {
    const gone: string[] = [];
    const store = new DisposableStore();
    const named = (name: string): { dispose(): void } => ({ dispose: () => gone.push(name) });
    store.add(named("first"));
    store.add(named("second"));
    store.dispose();
    store.dispose();
    store.add(named("late"));
    assert.deepEqual(gone, ["second", "first", "late"]);
  });
});
