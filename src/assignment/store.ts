// The store: the content of a session's ledger when it was last read or written, and the only way to change it.
import type { Ledger } from "../ledger/ledger";
import { emptySelection, type Selection } from "../ledger/selection";
import type { LedgerHealth } from "../ledger/health";
import { newestSchema } from "../ledger/snapshot";
import { now as systemNow, zeroTimestamp, type Timestamp } from "../ledger/timestamp";
import type { Assignment, AssignmentStatus } from "../ledger/assignment";
import type { Change, ChangeResult, DispatchOutcome } from "./change";
import { AssignmentNotFoundError } from "./errors";
import { inOrder, noOrder } from "./order";
import { countByStatus, type AssignmentStats } from "./stats";
import { ledgerPath, storageDir } from "./storage";
import type { RepairOutcome, StoreWriter, TransactionOptions } from "./storeWriter";

export interface StoreOptions {
  /** The folder with a subfolder for each session. Default: {@link storageDir}. */
  readonly storageDir?: string;
  /** How long a change waits for a lock, in milliseconds. Default: 10,000. */
  readonly lockTimeoutMs?: number;
  /** The time as RFC 3339 in UTC, up to nanoseconds. Asked once per changed row that takes a time, then once for `updated_at`. */
  readonly now?: () => Timestamp;
}

/** A store that has read nothing yet; {@link AssignmentStore.load} or the first change reads the disk. @throws {InvalidSessionNameError} */
export function newStore(sessionName: string, options: StoreOptions = {}): AssignmentStore {
  return new AssignmentStore(sessionName, options);
}

/** Reads a session's ledger. A missing one gives an empty store; problems are in `health`. @throws {InvalidSessionNameError} */
export async function loadStore(sessionName: string, options: StoreOptions = {}): Promise<AssignmentStore> {
  const store = newStore(sessionName, options);
  await store.load();
  return store;
}

export class AssignmentStore {
  /** Path of the ledger's primary copy. */
  readonly path: string;
  readonly #storageDir: string;
  readonly #now: () => Timestamp;
  readonly #lockTimeoutMs: number;
  #ledger: Ledger | undefined;
  #writer: StoreWriter | undefined;
  readonly #listeners = new Set<() => void>();
  #selection: Selection = emptySelection;
  /** Incremented whenever `#selection` is replaced, so that a slow read can't overwrite the result of a change. */
  #adoptions = 0;
  /** Cached order of the rows, computed on demand. */
  #order = noOrder;
  #loads: Promise<unknown> = Promise.resolve();

  constructor(
    readonly sessionName: string,
    options: StoreOptions,
  ) {
    this.#storageDir = options.storageDir ?? storageDir();
    this.path = ledgerPath(sessionName, this.#storageDir);
    this.#now = options.now ?? systemNow;
    this.#lockTimeoutMs = options.lockTimeoutMs ?? 10_000;
  }

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

  /** Assigns a bead to an agent; an existing row is replaced. */
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

  /** Assigns a working bead to another agent. */
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

  /** Sets a failed row back to assigned and increments its `retry_count`. No prompt is sent. */
  async retry(beadId: string): Promise<Assignment> {
    return this.#changeOne({ kind: "retry", beadId });
  }

  /**
   * Records whether the prompt of a row that is `sending` reached its pane, when no ntm process works on it any more: the
   * row becomes assigned, or its dispatch pending again.
   * @param note stored as receipt id or dispatch error; a default if blank
   * @throws {AssignmentHeldError} while another process holds the bead's lock, without waiting for it
   * @throws {ConcurrentMutationError} if it isn't the generation and dispatch attempt that this store loaded last
   * @throws {InvalidTransitionError} if the row isn't `sending`
   */
  async resolveDispatch(beadId: string, outcome: DispatchOutcome, note?: string): Promise<Assignment> {
    return this.#changeOne({ kind: "resolveDispatch", beadId, outcome, note });
  }

  /** Removes a row. A missing row is not an error, and nothing is written. */
  async remove(beadId: string): Promise<void> {
    const [result] = await this.apply([{ kind: "remove", beadId }]);
    if (result?.error !== undefined) throw result.error;
  }

  /** Removes every row that this store has loaded, or none if one of them can't be removed. */
  async clear(): Promise<void> {
    const changes = this.#rows().map((row): Change => ({ kind: "remove", beadId: row.bead_id }));
    const results = await this.#transact(changes, { allOrNothing: true });
    for (const { error } of results) if (error !== undefined) throw error;
  }

  /**
   * Makes several changes in the given order with one lock and one save. A refused change doesn't stop the others.
   * @returns a result for each change, in the same order
   * @throws {PersistenceError} if the ledger couldn't be read, locked or written; then nothing changed
   */
  async apply(changes: readonly Change[]): Promise<readonly ChangeResult[]> {
    return this.#transact(changes, { allOrNothing: false });
  }

  /**
   * Repairs a ledger whose problem has the remedy `promote-backup` or `publish-primary`.
   * @param confirmed the `health` for which the user confirmed the repair: nothing is done for another one
   * @throws {PersistenceError} if the problem has neither remedy, if the repaired ledger still has a problem, or with a
   *   {@link ProblemChangedError} as its cause if the health isn't the confirmed one any more
   */
  async repair(confirmed?: LedgerHealth): Promise<RepairOutcome> {
    return (await this.#write()).repair(confirmed);
  }

  /** Reads the disk again. Unchanged rows keep their identity (`===`). Listeners are called if anything changed. */
  async load(): Promise<void> {
    const load = this.#loads.then(async () => {
      const ledger = await this.#open();
      for (;;) {
        const adoptions = this.#adoptions;
        const selection = await ledger.read(this.#selection);
        if (adoptions !== this.#adoptions) continue;
        this.#adopt(selection);
        return;
      }
    });
    this.#loads = load.catch(() => undefined);
    return load;
  }

  /** Saves the ledger on disk again, as ntm does at the end of a watch: a new `updated_at` and the next generation. */
  async save(): Promise<void> {
    await this.#transact([], { allOrNothing: true, savesUnchanged: true });
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

  /** Calls the listener after the store's content or health changed, by `load` or by a change. @returns a function that unsubscribes */
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

  /** The code that reads ledgers is loaded with the first one: many windows have none. */
  async #open(): Promise<Ledger> {
    const { Ledger } = await import("../ledger/ledger");
    return (this.#ledger ??= new Ledger(this.sessionName, this.#storageDir, this.path));
  }

  async #write(): Promise<StoreWriter> {
    const ledger = await this.#open();
    const { StoreWriter } = await import("./storeWriter");
    const shown = {
      selection: () => this.#selection,
      adopt: (selection: Selection): void => {
        this.#adopt(selection);
      },
    };
    return (this.#writer ??= new StoreWriter(ledger, shown, this.#now, this.#lockTimeoutMs));
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
