// The store: what a session's ledger held when it was last read or written, and the only way to change it.
import { emptySelection, type Selection } from "../ledger/select";
import { Ledger } from "../ledger/ledger";
import type { LedgerHealth } from "../ledger/health";
import { newestSchema } from "../ledger/snapshot";
import { now as systemNow, zeroTimestamp } from "../ledger/timestamp";
import type { Assignment, AssignmentStatus, Timestamp } from "./assignment";
import type { Change, ChangeResult } from "./change";
import { AssignmentNotFoundError } from "./errors";
import { inOrder, noOrder } from "./order";
import { countByStatus, type AssignmentStats } from "./stats";
import { ledgerPath, storageDir } from "./storage";
import type { StoreWriter, TransactionOptions } from "./storeWriter";

export interface StoreOptions {
  /** Where the session folders are. Default: {@link storageDir}. */
  readonly storageDir?: string;
  /** How long a change waits for other writers, in milliseconds. Default: 10,000. */
  readonly lockTimeoutMs?: number;
  /** The time as RFC 3339 in UTC, up to nanoseconds. Asked once per changed row that takes a time, then once for `updated_at`. */
  readonly now?: () => Timestamp;
}

/** What a repair did. */
export interface RepairOutcome {
  /** Copies of what was replaced, beside the ledger. */
  readonly saved: readonly string[];
}

/** A store that has seen nothing yet; {@link AssignmentStore.load} or the first change reads the disk. @throws {InvalidSessionNameError} */
export function newStore(sessionName: string, options: StoreOptions = {}): AssignmentStore {
  return new AssignmentStore(sessionName, options);
}

/** Reads a session's ledger, whatever is on disk: nothing is an empty store, trouble is in `health`. @throws {InvalidSessionNameError} */
export async function loadStore(sessionName: string, options: StoreOptions = {}): Promise<AssignmentStore> {
  const store = newStore(sessionName, options);
  await store.load();
  return store;
}

export class AssignmentStore {
  /** The ledger's primary copy. */
  readonly path: string;
  readonly #ledger: Ledger;
  readonly #now: () => Timestamp;
  readonly #lockTimeoutMs: number;
  #writer: StoreWriter | undefined;
  readonly #listeners = new Set<() => void>();
  #selection: Selection = emptySelection;
  /** Goes up whenever `#selection` is replaced, so that a slow read can't bring back what a change has replaced. */
  #adoptions = 0;
  /** The order of some rows, worked out when it was last asked for. */
  #order = noOrder;
  #loads: Promise<unknown> = Promise.resolve();

  constructor(
    readonly sessionName: string,
    options: StoreOptions,
  ) {
    const root = options.storageDir ?? storageDir();
    this.path = ledgerPath(sessionName, root);
    this.#ledger = new Ledger(sessionName, root, this.path);
    this.#now = options.now ?? systemNow;
    this.#lockTimeoutMs = options.lockTimeoutMs ?? 10_000;
  }

  /** When the ledger was last saved, by its own account; Go's zero time when it never was. */
  get updatedAt(): Timestamp {
    return this.#selection.snapshot?.updatedAt ?? zeroTimestamp;
  }

  /** The schema of the ledger on disk; 1 for one that is yet to be made. */
  get version(): number {
    return this.#selection.snapshot?.version ?? 1;
  }

  /** How often the ledger was saved; 0 below schema 9. Exact up to 2^53. */
  get generation(): number {
    return Number(this.#selection.snapshot?.generation ?? 0n);
  }

  get health(): LedgerHealth {
    return this.#selection.health;
  }

  /** Whether there is anything on disk where the ledger belongs. */
  get exists(): boolean {
    const { primary, backup } = this.#selection.pair;
    return primary.kind !== "absent" || backup.kind !== "absent";
  }

  /** Gives a bead to an agent; an existing row is replaced. */
  async assign(
    beadId: string,
    beadTitle: string,
    pane: number,
    agentType: string,
    agentName: string,
    prompt: string,
    paneId?: string,
  ): Promise<Assignment> {
    return this.#changeOne({ kind: "assign", beadId, beadTitle, pane, agentType, agentName, prompt, paneId });
  }

  /** Gives a working bead to another agent. */
  async reassign(
    beadId: string,
    newPane: number,
    newAgentType: string,
    newAgentName: string,
    paneId?: string,
  ): Promise<Assignment> {
    const [pane, agentType, agentName] = [newPane, newAgentType, newAgentName];
    return this.#changeOne({ kind: "reassign", beadId, pane, agentType, agentName, paneId });
  }

  async updateStatus(beadId: string, newStatus: AssignmentStatus): Promise<Assignment> {
    return this.#changeOne({ kind: "updateStatus", beadId, newStatus });
  }

  async markWorking(beadId: string): Promise<Assignment> {
    return this.#changeOne({ kind: "markWorking", beadId });
  }

  async markCompleted(beadId: string): Promise<Assignment> {
    return this.#changeOne({ kind: "markCompleted", beadId });
  }

  /** @param reason may be empty */
  async markFailed(beadId: string, reason: string): Promise<Assignment> {
    return this.#changeOne({ kind: "markFailed", beadId, reason });
  }

  /** Puts a failed row back to assigned and raises its `retry_count`. No prompt is sent. */
  async retry(beadId: string): Promise<Assignment> {
    return this.#changeOne({ kind: "retry", beadId });
  }

  /** Removes a row. One that isn't there is no error, and no write. */
  async remove(beadId: string): Promise<void> {
    const [result] = await this.apply([{ kind: "remove", beadId }]);
    if (result?.error !== undefined) throw result.error;
  }

  /** Removes every row that this store shows, or, when one of them can't be removed, none. */
  async clear(): Promise<void> {
    const changes = this.#rows().map((row): Change => ({ kind: "remove", beadId: row.bead_id }));
    const results = await this.#transact(changes, { allOrNothing: true });
    for (const { error } of results) if (error !== undefined) throw error;
  }

  /**
   * Makes many changes in the order given with one lock and one save. A change that is refused doesn't stop the others.
   * @returns a result for each change, in their order
   * @throws {PersistenceError} when nothing could be changed at all
   */
  async apply(changes: readonly Change[]): Promise<readonly ChangeResult[]> {
    return this.#transact(changes, { allOrNothing: false });
  }

  /**
   * Mends a ledger whose problem has the remedy `promote-backup` or `publish-primary`.
   * @throws {PersistenceError} when there is no such remedy, or the repaired ledger still has trouble
   */
  async repair(): Promise<RepairOutcome> {
    return (await this.#write()).repair();
  }

  /** Reads the disk again; rows that didn't change keep their identity (`===`). Listeners are told when anything changed. */
  async load(): Promise<void> {
    const load = this.#loads.then(async () => {
      for (;;) {
        const adoptions = this.#adoptions;
        const selection = await this.#ledger.read(this.#selection);
        if (adoptions !== this.#adoptions) continue;
        this.#adopt(selection);
        return;
      }
    });
    this.#loads = load.catch(() => undefined);
    return load;
  }

  /** Saves the ledger as it is on disk, as ntm does at the end of a watch: a new `updated_at`, and the next generation. */
  async save(): Promise<void> {
    await this.#transact([], { allOrNothing: true, savesUnchanged: true });
  }

  /** The row itself; it never changes, a change makes a new one. */
  get(beadId: string): Assignment | undefined {
    return this.#selection.snapshot?.rows.get(beadId)?.row;
  }

  /** What {@link get} says now, and goes on to say when the store has moved on. */
  get finder(): (beadId: string) => Assignment | undefined {
    const rows = this.#selection.snapshot?.rows;
    return (beadId) => rows?.get(beadId)?.row;
  }

  /** All rows, ordered by pane, then by `assigned_at`, then by bead id. */
  list(): Assignment[] {
    return [...this.#rows()];
  }

  /** Deep copies of all rows. */
  getAll(): Assignment[] {
    return structuredClone(this.list());
  }

  /** Assigned and working rows; at schema 9 also claiming and claimed ones, and rows being cleared. */
  listActive(): Assignment[] {
    const isCurrent = this.version >= newestSchema;
    return this.#rows().filter(({ status, clear_state }) => {
      if (status === "assigned" || status === "working") return true;
      return isCurrent && (status === "claiming" || status === "claimed" || clear_state !== undefined);
    });
  }

  /** @param pane the label, which repeats across tmux windows */
  listByPane(pane: number): Assignment[] {
    return this.#rows().filter((row) => row.pane === pane);
  }

  listByStatus(status: AssignmentStatus): Assignment[] {
    return this.#rows().filter((row) => row.status === status);
  }

  stats(): AssignmentStats {
    return countByStatus(this.#rows());
  }

  /** Calls the listener after the store's content or health changed, by `load` or by a change; returns the way to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #rows(): readonly Assignment[] {
    this.#order = inOrder(this.#selection.snapshot?.rows ?? noOrder.of, this.#order);
    return this.#order.list;
  }

  async #changeOne(change: Change): Promise<Assignment> {
    const [result] = await this.apply([change]);
    if (result?.error !== undefined) throw result.error;
    if (result?.row === undefined) throw new AssignmentNotFoundError(change.beadId);
    return result.row;
  }

  async #transact(changes: readonly Change[], options: TransactionOptions): Promise<readonly ChangeResult[]> {
    return (await this.#write()).transact(changes, options);
  }

  async #write(): Promise<StoreWriter> {
    const { StoreWriter } = await import("./storeWriter");
    const shown = {
      selection: () => this.#selection,
      adopt: (selection: Selection): void => {
        this.#adopt(selection);
      },
    };
    return (this.#writer ??= new StoreWriter(this.#ledger, shown, this.#now, this.#lockTimeoutMs));
  }

  #adopt(selection: Selection): void {
    const before = this.#selection;
    const existed = this.exists;
    this.#selection = selection;
    this.#adoptions++;
    const isSame =
      before.snapshot === selection.snapshot &&
      existed === this.exists &&
      JSON.stringify(before.health) === JSON.stringify(selection.health);
    if (isSame) return;
    for (const listener of [...this.#listeners]) listener();
  }
}
