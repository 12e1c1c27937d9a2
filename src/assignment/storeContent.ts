// The content of a ledger as a store last read or wrote it.
import type { Assignment, AssignmentStatus } from "../ledger/assignment";
import type { LedgerHealth } from "../ledger/health";
import { emptySelection, type Selection } from "../ledger/select";
import { newestSchema, type LedgerSnapshot } from "../ledger/snapshot";
import { zeroTimestamp, type Timestamp } from "../ledger/timestamp";
import { inOrder } from "./rowOrder";
import { countByStatus, type AssignmentStats } from "./stats";

/** The reading half of the store: rows, counters, health, and a notification when they change. */
export abstract class StoreContent {
  readonly #listeners = new Set<() => void>();
  #selection: Selection = emptySelection;
  /** The rows in list order, and the snapshot that they are of: sorting them takes longer than all else. */
  #list: { readonly of: LedgerSnapshot | undefined; readonly rows: readonly Assignment[] } = {
    of: undefined,
    rows: [],
  };

  /** The ledger's own `updated_at`; Go's zero time if there is no ledger. */
  get updatedAt(): Timestamp {
    return this.#selection.snapshot?.updatedAt ?? zeroTimestamp;
  }

  /** The schema of the ledger on disk; 1 if there is none yet. */
  get version(): number {
    return this.#selection.snapshot?.version ?? 1;
  }

  /** The number of saves; 0 below schema 9. Exact up to 2^53. */
  get generation(): number {
    return Number(this.#selection.snapshot?.generation ?? 0n);
  }

  get health(): LedgerHealth {
    return this.#selection.health;
  }

  /** Whether either copy exists on disk, readable or not. */
  get exists(): boolean {
    const { primary, backup } = this.#selection.pair;
    return primary.kind !== "absent" || backup.kind !== "absent";
  }

  /** The row itself, an immutable value. */
  get(beadId: string): Assignment | undefined {
    return this.#selection.snapshot?.rows.get(beadId)?.row;
  }

  /** A {@link get} that keeps answering from the present content after the store has changed. */
  get finder(): (beadId: string) => Assignment | undefined {
    const rows = this.#selection.snapshot?.rows;
    return (beadId) => rows?.get(beadId)?.row;
  }

  /** All rows, ordered by pane, then by `assigned_at`, then by bead id. */
  list(): Assignment[] {
    return [...this.rows];
  }

  /** Deep copies of all rows. */
  getAll(): Assignment[] {
    return structuredClone(this.list());
  }

  /** Assigned and working rows; at schema 9 also claiming and claimed ones, and rows being cleared. */
  listActive(): Assignment[] {
    const isCurrent = this.version >= newestSchema;
    return this.rows.filter(({ status, clear_state }) => {
      if (status === "assigned" || status === "working") return true;
      return isCurrent && (status === "claiming" || status === "claimed" || clear_state !== undefined);
    });
  }

  /** @param pane the label, which repeats across tmux windows */
  listByPane(pane: number): Assignment[] {
    return this.rows.filter((row) => row.pane === pane);
  }

  listByStatus(status: AssignmentStatus): Assignment[] {
    return this.rows.filter((row) => row.status === status);
  }

  stats(): AssignmentStats {
    return countByStatus(this.rows);
  }

  /** Calls the listener after the store's content or health changed, by `load` or by a change. @returns a function that unsubscribes */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  protected get selection(): Selection {
    return this.#selection;
  }

  /** All rows in list order. */
  protected get rows(): readonly Assignment[] {
    const { snapshot } = this.#selection;
    if (this.#list.of !== snapshot) {
      this.#list = { of: snapshot, rows: inOrder(Array.from(snapshot?.rows.values() ?? [], ({ row }) => row)) };
    }
    return this.#list.rows;
  }

  /** Replaces the content, and calls the listeners if it differs. */
  protected show(selection: Selection): void {
    const before = this.#selection;
    const existed = this.exists;
    this.#selection = selection;
    const isSame =
      before.snapshot === selection.snapshot &&
      existed === this.exists &&
      JSON.stringify(before.health) === JSON.stringify(selection.health);
    if (isSame) return;
    for (const listener of [...this.#listeners]) listener();
  }
}
