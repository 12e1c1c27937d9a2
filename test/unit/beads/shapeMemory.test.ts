import * as assert from "node:assert/strict";
import type { Memento } from "vscode";
import { ShapeMemory } from "../../../src/beads/shapeMemory";

/** What the editor keeps for a workspace. */
class Kept {
  private readonly values = new Map<string, unknown>();
  readonly memento = {
    keys: () => [...this.values.keys()],
    get: (key: string) => this.values.get(key),
    update: (key: string, value: unknown): Promise<void> => {
      this.values.set(key, structuredClone(value));
      return Promise.resolve();
    },
  } as Memento;
}

describe("the way in which the beads are looked at", () => {
  it("is by pane without a filter at first, and after that as it was chosen", async () => {
    const kept = new Kept();
    const memory = new ShapeMemory(kept.memento);
    assert.deepEqual(memory.shape, { grouping: "pane", filter: { text: "", statuses: [] } });
    const heard: string[] = [];
    memory.onDidChange(({ grouping }) => heard.push(grouping));
    await memory.setGrouping("agent");
    await memory.setFilter({ text: "x", statuses: ["failed"] });
    assert.deepEqual(heard, ["agent", "agent"]);
    assert.deepEqual(new ShapeMemory(kept.memento).shape, memory.shape);
  });

  it("is not kept while a filter is still being typed", async () => {
    const kept = new Kept();
    const memory = new ShapeMemory(kept.memento);
    memory.preview({ text: "half", statuses: [] });
    assert.equal(memory.shape.filter.text, "half");
    assert.equal(new ShapeMemory(kept.memento).shape.filter.text, "");
    await memory.setFilter({ text: "whole", statuses: [] });
    assert.equal(new ShapeMemory(kept.memento).shape.filter.text, "whole");
  });

  it("makes no use of what another version may have kept", async () => {
    const kept = new Kept();
    await kept.memento.update("beads.grouping", "moon phase");
    await kept.memento.update("beads.filter", { text: 7, statuses: ["failed", 8] });
    assert.deepEqual(new ShapeMemory(kept.memento).shape, {
      grouping: "pane",
      filter: { text: "", statuses: ["failed"] },
    });
    await kept.memento.update("beads.filter", null);
    assert.deepEqual(new ShapeMemory(kept.memento).shape.filter, { text: "", statuses: [] });
  });
});
