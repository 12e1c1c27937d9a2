// Distinguishes this window's changes from those of other processes: a row returned by a change is the same object in
// the next snapshot.
import type { Assignment, ChangeResult } from "../assignment";

export class OwnChanges {
  private readonly rows = new WeakSet<Assignment>();

  remember(results: readonly ChangeResult[]): void {
    for (const result of results) {
      if (result.error === undefined && result.row !== undefined) this.rows.add(result.row);
    }
  }

  has(row: Assignment): boolean {
    return this.rows.has(row);
  }
}
