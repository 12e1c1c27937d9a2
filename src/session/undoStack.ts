// The changes of this window that can be undone, the latest first.
import { isAtomic, restoreHold, type AssignmentStore, type Change, type ChangeResult } from "../assignment";

/** As many changes can be undone one after the other. */
const keptChanges = 50;

/** A change of one or several rows. */
export interface UndoableChange {
  readonly store: AssignmentStore;
  /** They put each row back, while it is still what the change made of it. */
  readonly inverse: readonly Change[];
}

export class UndoStack {
  private readonly changes: UndoableChange[] = [];

  get latest(): UndoableChange | undefined {
    return this.changes.at(-1);
  }

  /** Adds the successful ones of a change that was made. @returns `undefined` if none of them can be undone */
  add(store: AssignmentStore, results: readonly ChangeResult[]): UndoableChange | undefined {
    // The last change is undone first: of a bead that was changed twice, only the row after both is on disk.
    const inverse = results.flatMap((result) => inverseOf(result, store.version) ?? []).reverse();
    if (inverse.length === 0) return undefined;
    const change = { store, inverse };
    this.push(change);
    return change;
  }

  /** Adds a change that couldn't be undone for now. */
  push(change: UndoableChange): void {
    this.changes.push(change);
    if (this.changes.length > keptChanges) this.changes.shift();
  }

  /** Removes a change, before it is undone. @returns whether it was there: it is undone once */
  take(change: UndoableChange): boolean {
    const index = this.changes.indexOf(change);
    if (index >= 0) this.changes.splice(index, 1);
    return index >= 0;
  }
}

function inverseOf(result: ChangeResult, schema: number): Change | undefined {
  if (result.error !== undefined || result.before === result.row) return undefined;
  const { beadId, before, row } = result;
  if (before !== undefined) {
    const isPossible = restoreHold(before, schema, row) === undefined;
    return isPossible ? { kind: "restore", beadId, row: before, observed: row ?? null } : undefined;
  }
  return row === undefined || isAtomic(row) ? undefined : { kind: "remove", beadId, observed: row };
}
