// What a session's ledger held at one moment: one immutable value that every view shares. What takes a pass over the rows
// is worked out once, when somebody first asks.
import type { Assignment, AssignmentStats, AssignmentStore, LedgerHealth, Timestamp } from "../assignment";
import { panesOf, type Pane } from "./pane";

interface Content {
  readonly sessionName: string;
  /** The primary copy of the ledger. */
  readonly path: string;
  /** Whether there was a ledger on disk. */
  readonly exists: boolean;
  readonly health: LedgerHealth;
  /** The ledger's `version`. */
  readonly schema: number;
  readonly generation: number;
  readonly updatedAt: Timestamp;
  /** In list order: pane identity, `assigned_at`, bead id. */
  readonly rows: readonly Assignment[];
  readonly stats: AssignmentStats;
}

export class SessionSnapshot implements Content {
  readonly sessionName: string;
  readonly path: string;
  readonly exists: boolean;
  readonly health: LedgerHealth;
  readonly schema: number;
  readonly generation: number;
  readonly updatedAt: Timestamp;
  readonly rows: readonly Assignment[];
  readonly stats: AssignmentStats;
  /** Whether the rows are the last ones that could be read, because the ledger can't be read now. */
  readonly isStale: boolean;
  private byBead: ReadonlyMap<string, Assignment> | undefined;
  private groupedByPane: readonly Pane[] | undefined;

  private constructor(content: Content, isStale: boolean) {
    this.sessionName = content.sessionName;
    this.path = content.path;
    this.exists = content.exists;
    this.health = content.health;
    this.schema = content.schema;
    this.generation = content.generation;
    this.updatedAt = content.updatedAt;
    this.rows = content.rows;
    this.stats = content.stats;
    this.isStale = isStale;
  }

  /** What the store shows now. A ledger that can't be read leaves the rows of the snapshot before it in sight. */
  static of(store: AssignmentStore, before: SessionSnapshot | undefined): SessionSnapshot {
    const content: Content = {
      sessionName: store.sessionName,
      path: store.path,
      exists: store.exists,
      health: store.health,
      schema: store.version,
      generation: store.generation,
      updatedAt: store.updatedAt,
      rows: Object.freeze(store.list()),
      stats: store.stats(),
    };
    const hasRowsToKeep = before?.path === content.path && before.rows.length > 0;
    if (content.health.kind !== "unreadable" || !hasRowsToKeep) return new SessionSnapshot(content, false);
    const { schema, generation, updatedAt, rows, stats } = before;
    return new SessionSnapshot({ ...content, schema, generation, updatedAt, rows, stats }, true);
  }

  /** Whether the ledger may be written at all. */
  get isWritable(): boolean {
    return this.health.kind === "ok";
  }

  get(beadId: string): Assignment | undefined {
    this.byBead ??= new Map(this.rows.map((row) => [row.bead_id, row]));
    return this.byBead.get(beadId);
  }

  /** In pane order. */
  get panes(): readonly Pane[] {
    return (this.groupedByPane ??= panesOf(this.rows));
  }
}
