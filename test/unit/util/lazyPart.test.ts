import * as assert from "node:assert/strict";
import { LazyPart } from "../../../src/util/lazyPart";

class Part {
  isDisposed = false;

  dispose(): void {
    this.isDisposed = true;
  }
}

describe("a lazy part", () => {
  let logged: unknown[];
  const log = {
    error: (error: unknown) => {
      logged.push(error);
    },
  };

  beforeEach(() => {
    logged = [];
  });

  it("is created once, with the first use", async () => {
    let count = 0;
    const lazy = new LazyPart(log, () => {
      count++;
      return Promise.resolve(new Part());
    });
    assert.equal(lazy.loaded, undefined);
    assert.equal(count, 0);
    const [first, second] = await Promise.all([lazy.load(), lazy.load()]);
    assert.equal(first, second);
    assert.equal(lazy.loaded, first);
    assert.equal(await lazy.load(), first);
    assert.equal(count, 1);
  });

  it("is tried again after an error", async () => {
    let isBroken = true;
    const lazy = new LazyPart(log, () =>
      isBroken ? Promise.reject(new Error("no disk")) : Promise.resolve(new Part()),
    );
    await assert.rejects(lazy.load(), /no disk/);
    isBroken = false;
    assert.ok((await lazy.load()) instanceof Part);
  });

  it("logs the error of a load that no caller waits for", async () => {
    const lazy = new LazyPart(log, () => Promise.reject(new Error("no disk")));
    lazy.preload();
    await assert.rejects(lazy.load());
    assert.deepEqual(logged.map(String), ["Error: no disk"]);
  });

  it("is disposed of with its owner, also when it is created after that", async () => {
    const early = new LazyPart(log, () => Promise.resolve(new Part()));
    const part = await early.load();
    early.dispose();
    assert.equal(part.isDisposed, true);
    const late = new LazyPart(log, () => Promise.resolve(new Part()));
    const loading = late.load();
    late.dispose();
    assert.equal((await loading).isDisposed, true);
    assert.equal(late.loaded?.isDisposed, true);
  });
});
