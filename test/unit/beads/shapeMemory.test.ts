import * as assert from "node:assert/strict";
import type { Memento } from "vscode";
import { ShapeMemory } from "../../../src/beads/shapeMemory";

/** What the editor keeps for a workspace. */
class Kept implements Memento {
  readonly values = new Map<string, unknown>();
  keys(): readonly string[] {
    return [...this.values.keys()];
  }
  get<T>(key: string): T | undefined {
    return this.values.get(key) as T | undefined;
  }
  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, structuredClone(value));
    return Promise.resolve();
  }
}

describe("the way in which the beads are looked at", () => {
  it("is by pane without a filter at first, and after that as it was chosen", async () => {
    const kept = new Kept();
    const memory = new ShapeMemory(kept);
    assert.deepEqual(memory.shape, { grouping: "pane", filter: { text: "", statuses: [] } });
    const heard: string[] = [];
    memory.onDidChange(({ grouping }) => heard.push(grouping));
    await memory.setGrouping("agent");
    await memory.setFilter({ text: "x", statuses: ["failed"] });
    assert.deepEqual(heard, ["agent", "agent"]);
    assert.deepEqual(new ShapeMemory(kept).shape, memory.shape);
  });

  it("is not kept while a filter is still being typed", async () => {
    const kept = new Kept();
    const memory = new ShapeMemory(kept);
    memory.preview({ text: "half", statuses: [] });
    assert.equal(memory.shape.filter.text, "half");
    assert.equal(new ShapeMemory(kept).shape.filter.text, "");
    await memory.setFilter({ text: "whole", statuses: [] });
    assert.equal(new ShapeMemory(kept).shape.filter.text, "whole");
  });

  it("makes no use of what another version may have kept", async () => {
    const kept = new Kept();
    await kept.update("beads.grouping", "moon phase");
    await kept.update("beads.filter", { text: 7, statuses: ["failed", 8] });
    assert.deepEqual(new ShapeMemory(kept).shape, { grouping: "pane", filter: { text: "", statuses: ["failed"] } });
    await kept.update("beads.filter", null);
    assert.deepEqual(new ShapeMemory(kept).shape.filter, { text: "", statuses: [] });
  });
});
