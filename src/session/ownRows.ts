// Tells this window's own changes from those of other processes: a row that an own change made is the very object that the
// next snapshot shows.
import type { Assignment, ChangeResult } from "../assignment";

export class OwnRows {
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
