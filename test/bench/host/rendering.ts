// The cost of the tree between a loaded ledger and an editor that has every item it requested.
import { loadStore, type AssignmentStore } from "../../../src/assignment";
import { TempFolder } from "../../support/tempFolder";
import { beadId, ledgerOf, putLedger } from "../ledgers";
import { lineOf, type Line } from "../line";
import { measure } from "../measure";
import { RenderingEditor } from "./renderingEditor";

export async function measureRendering(rows: number): Promise<readonly Line[]> {
  const storage = new TempFolder("rendering");
  try {
    const bytes = ledgerOf("bench", rows);
    putLedger(storage.path, "bench", bytes);
    const store = await loadStore("bench", { storageDir: storage.path });
    const changed = withOtherStatus(store, beadId(0));
    let tree = new RenderingEditor(store);
    const refreshed = new RenderingEditor(store);
    refreshed.renderRoots();
    refreshed.renderFirstPane();
    let shown = store;
    const measures = await measure({
      root: {
        before: () => (tree = new RenderingEditor(store)),
        run: () => {
          tree.renderRoots();
        },
      },
      pane: {
        before: () => {
          tree = new RenderingEditor(store);
          tree.renderRoots();
        },
        run: () => {
          tree.renderFirstPane();
        },
      },
      refresh: () => {
        shown = shown === store ? changed : store;
        refreshed.refresh(shown);
      },
      parse: () => JSON.parse(bytes.toString()) as unknown,
    });
    return [
      lineOf("first render of the root", measures.root, measures.parse),
      lineOf("expanding the first pane", measures.pane, measures.parse),
      lineOf("refresh after one changed row", measures.refresh, measures.parse),
    ];
  } finally {
    storage.remove();
  }
}

/** A new snapshot with one changed row; every other row is the same object. */
function withOtherStatus(store: AssignmentStore, id: string): AssignmentStore {
  const rows = store.list().map((row) => (row.bead_id === id ? { ...row, status: "assigned" as const } : row));
  const { sessionName, path, exists, health, version, generation, updatedAt } = store;
  const byBead = new Map(rows.map((row) => [row.bead_id, row]));
  const finder = byBead.get.bind(byBead);
  const facts = { sessionName, path, exists, health, version, generation, updatedAt };
  return { ...facts, finder, list: () => [...rows], stats: () => store.stats() } as unknown as AssignmentStore;
}
