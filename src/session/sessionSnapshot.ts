// The content of a session's ledger at one time: one immutable value for all views.
import type { Assignment, AssignmentStats, AssignmentStore, LedgerHealth, Timestamp } from "../assignment";
import { panesOf, type Pane } from "./sessionPane";

type Content = Omit<SessionSnapshot, "isStale" | "isWritable" | "hasRowsInFlight" | "panes">;

export class SessionSnapshot {
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
  /** In list order: pane identity, `assigned_at`, bead ID. A row that didn't change is the same object in the next snapshot. */
  readonly rows: readonly Assignment[];
  readonly stats: AssignmentStats;
  readonly get: (beadId: string) => Assignment | undefined;
  /** Whether the rows are the last ones that could be read, because the ledger can't be read now. */
  readonly isStale: boolean;

  private constructor(
    content: Content,
    isStale: boolean,
    private readonly formerPanes: readonly Pane[] | undefined,
  ) {
    this.sessionName = content.sessionName;
    this.path = content.path;
    this.exists = content.exists;
    this.health = content.health;
    this.schema = content.schema;
    this.generation = content.generation;
    this.updatedAt = content.updatedAt;
    this.rows = content.rows;
    this.stats = content.stats;
    this.get = content.get;
    this.isStale = isStale;
  }

  /** The store's current state. If the ledger can't be read, the rows of the previous snapshot are kept. */
  static of(store: AssignmentStore, before: SessionSnapshot | undefined): SessionSnapshot {
    const former = before?.path === store.path ? before : undefined;
    const content: Content = {
      sessionName: store.sessionName,
      path: store.path,
      exists: store.exists,
      health: store.health,
      schema: store.version,
      generation: store.generation,
      updatedAt: store.updatedAt,
      rows: store.list(),
      stats: store.stats(),
      get: store.finder,
    };
    if (content.health.kind !== "unreadable" || former === undefined || former.rows.length === 0) {
      return new SessionSnapshot(content, false, former?.knownPanes);
    }
    const { schema, generation, updatedAt, rows, stats, get } = former;
    return new SessionSnapshot(
      { ...content, schema, generation, updatedAt, rows, stats, get },
      true,
      former.knownPanes,
    );
  }

  /** Whether the ledger can be written at all. */
  get isWritable(): boolean {
    return this.health.kind === "ok";
  }

  /** Whether an agent has, or is about to get, a bead. */
  get hasRowsInFlight(): boolean {
    const { assigned, working, claiming, claimed } = this.stats;
    return assigned + working + claiming + claimed > 0;
  }

  private knownPanes: readonly Pane[] | undefined;

  /** In pane order. A pane whose rows didn't change is the same object in the next snapshot. */
  get panes(): readonly Pane[] {
    return (this.knownPanes ??= panesOf(this.rows, this.formerPanes));
  }
}
