import * as assert from "node:assert/strict";
import type { Memento } from "vscode";
import { TreeOptionsMemento } from "../../../../src/views/beads/treeOptions";

/** The editor's workspace storage. */
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

describe("the tree options", () => {
  it("are by pane without a filter at first, and later as the user set them", async () => {
    const kept = new Kept();
    const memory = new TreeOptionsMemento(kept.memento);
    assert.deepEqual(memory.options, { grouping: "pane", filter: { text: "", statuses: [] } });
    const heard: string[] = [];
    memory.onDidChange(({ grouping }) => heard.push(grouping));
    await memory.setGrouping("agent");
    await memory.setFilter({ text: "x", statuses: ["failed"] });
    assert.deepEqual(heard, ["agent", "agent"]);
    assert.deepEqual(new TreeOptionsMemento(kept.memento).options, memory.options);
  });

  it("aren't stored while a filter is being typed", async () => {
    const kept = new Kept();
    const memory = new TreeOptionsMemento(kept.memento);
    memory.preview({ text: "half", statuses: [] });
    assert.equal(memory.options.filter.text, "half");
    assert.equal(new TreeOptionsMemento(kept.memento).options.filter.text, "");
    await memory.setFilter({ text: "whole", statuses: [] });
    assert.equal(new TreeOptionsMemento(kept.memento).options.filter.text, "whole");
  });

  it("ignore invalid stored values of another version", async () => {
    const kept = new Kept();
    await kept.memento.update("beads.grouping", "moon phase");
    await kept.memento.update("beads.filter", { text: 7, statuses: ["failed", 8] });
    assert.deepEqual(new TreeOptionsMemento(kept.memento).options, {
      grouping: "pane",
      filter: { text: "", statuses: ["failed"] },
    });
    await kept.memento.update("beads.filter", null);
    assert.deepEqual(new TreeOptionsMemento(kept.memento).options.filter, { text: "", statuses: [] });
  });
});
