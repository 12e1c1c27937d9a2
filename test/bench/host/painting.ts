// What the tree costs between a ledger that was read and an editor that has all it asked for.
import { loadStore, type AssignmentStore } from "../../../src/assignment";
import { TempFolder } from "../../support/tempFolder";
import { beadId, ledgerOf, putLedger } from "../ledgers";
import { lineOf, type Line } from "../line";
import { measure } from "../measure";
import { PaintedTree } from "./paintedTree";

export async function measurePainting(rows: number): Promise<readonly Line[]> {
  const storage = new TempFolder("painting");
  try {
    const bytes = ledgerOf("bench", rows);
    putLedger(storage.path, "bench", bytes);
    const store = await loadStore("bench", { storageDir: storage.path });
    const changed = withOtherStatus(store, beadId(0));
    let tree = new PaintedTree(store);
    const refreshed = new PaintedTree(store);
    refreshed.paintRoots();
    refreshed.paintFirstPane();
    let shown = store;
    const measures = await measure({
      root: {
        before: () => (tree = new PaintedTree(store)),
        run: () => {
          tree.paintRoots();
        },
      },
      pane: {
        before: () => {
          tree = new PaintedTree(store);
          tree.paintRoots();
        },
        run: () => {
          tree.paintFirstPane();
        },
      },
      refresh: () => {
        shown = shown === store ? changed : store;
        refreshed.refresh(shown);
      },
      parse: () => JSON.parse(bytes.toString()) as unknown,
    });
    return [
      lineOf("first paint of the root", measures.root, measures.parse),
      lineOf("unfolding the first pane", measures.pane, measures.parse),
      lineOf("refresh after one changed row", measures.refresh, measures.parse),
    ];
  } finally {
    storage.remove();
  }
}

/** What is shown of the store once a row moved on: every other row is the same object. */
function withOtherStatus(store: AssignmentStore, id: string): AssignmentStore {
  const rows = store.list().map((row) => (row.bead_id === id ? { ...row, status: "assigned" as const } : row));
  const { sessionName, path, exists, health, version, generation, updatedAt } = store;
  const byBead = new Map(rows.map((row) => [row.bead_id, row]));
  const finder = byBead.get.bind(byBead);
  const facts = { sessionName, path, exists, health, version, generation, updatedAt };
  return { ...facts, finder, list: () => [...rows], stats: () => store.stats() } as unknown as AssignmentStore;
}
