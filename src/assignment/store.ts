// The store of a session's ledger: `storeContent.ts` answers what was read, and this file reads and changes.
import { Ledger } from "../ledger/ledger";
import { defaultLockTimeoutMs } from "../ledger/lock";
import { PublishError } from "../ledger/publish";
import type { Selection } from "../ledger/select";
import type { LedgerHealth } from "../ledger/health";
import { now as systemNow, zeroTimestamp, type Timestamp } from "../ledger/timestamp";
import type { Assignment, AssignmentStatus } from "../ledger/assignment";
import { checkChange, type Change, type ChangeResult, type DispatchOutcome } from "./change";
import { AssignmentNotFoundError, PersistenceError, ProblemChangedError, type PersistenceOperation } from "./errors";
import { ledgerPath, storageDir } from "./storage";
import { StoreContent } from "./storeContent";
import { Transaction } from "./transaction";

export interface StoreOptions {
  /** The folder with a subfolder for each session. Default: {@link storageDir}. */
  readonly storageDir?: string;
  /** How long a change waits for a lock, in milliseconds. Default: 10,000. */
  readonly lockTimeoutMs?: number;
  /** The time as RFC 3339 in UTC, up to nanoseconds. Asked once per changed row that takes a time, then once for `updated_at`. */
  readonly now?: () => Timestamp;
}

interface TransactionOptions {
  /** If one of the changes is refused, none is made. */
  readonly allOrNothing: boolean;
  /** Saves even if nothing changed. */
  readonly savesUnchanged?: boolean;
}

/** What a repair did. */
export interface RepairOutcome {
  /** Paths of the copies made of what was replaced, beside the ledger. */
  readonly saved: readonly string[];
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

/** The content of a session's ledger when it was last read or written, and the only way to change it. */
export class AssignmentStore extends StoreContent {
  /** Path of the ledger's primary copy. */
  readonly path: string;
  readonly #now: () => Timestamp;
  readonly #ledger: Ledger;
  /** Incremented whenever the selection is replaced, so that a slow read can't overwrite the result of a change. */
  #adoptions = 0;
  #loads: Promise<unknown> = Promise.resolve();
  #changes: Promise<unknown> = Promise.resolve();

  constructor(
    readonly sessionName: string,
    options: StoreOptions,
  ) {
    super();
    const root = options.storageDir ?? storageDir();
    this.path = ledgerPath(sessionName, root);
    this.#ledger = new Ledger(sessionName, root, this.path, options.lockTimeoutMs ?? defaultLockTimeoutMs);
    this.#now = options.now ?? systemNow;
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
    const changes = this.rows.map((row): Change => ({ kind: "remove", beadId: row.bead_id }));
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
    return this.#exclusively([], new Set(), async () => {
      const selection = await this.#ledger.readLocked(this.selection);
      if (confirmed !== undefined && JSON.stringify(confirmed) !== JSON.stringify(selection.health)) {
        this.#adopt(selection);
        throw this.#error("repair", new ProblemChangedError());
      }
      const saved = this.#attempt("repair", () => this.#ledger.repair(selection, this.#now()));
      const repaired = await this.#ledger.readLocked(selection);
      this.#adopt(repaired);
      if (repaired.health.kind !== "ok") throw this.#error("repair", new Error(repaired.health.problem.message));
      return { saved };
    });
  }

  /** Reads the disk again. Unchanged rows keep their identity (`===`). Listeners are called if anything changed. */
  async load(): Promise<void> {
    const load = this.#loads.then(async () => {
      for (;;) {
        const adoptions = this.#adoptions;
        const selection = await this.#ledger.read(this.selection);
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

  async #changeOne(change: Change): Promise<Assignment> {
    const [result] = await this.apply([change]);
    if (result?.error !== undefined) throw result.error;
    if (result?.row === undefined) throw new AssignmentNotFoundError(change.beadId);
    return result.row;
  }

  async #transact(
    changes: readonly Change[],
    { allOrNothing, savesUnchanged = false }: TransactionOptions,
  ): Promise<readonly ChangeResult[]> {
    for (const change of changes) checkChange(change);
    if (changes.length === 0 && !savesUnchanged) return [];
    const ledger = this.#ledger;
    const { sessionName } = this;
    const { snapshot } = this.selection;
    const makesRows = changes.some(({ kind }) => kind === "assign" || kind === "restore");
    if (!savesUnchanged && !makesRows && !ledger.hasFolder()) {
      return new Transaction(sessionName, undefined, snapshot, this.#now).addAll(changes).results;
    }
    const resolved = changes.filter(({ kind }) => kind === "resolveDispatch").map(({ beadId }) => beadId);
    const busyBeads = new Set<string>();
    // An estimate from the last known rows; the rows on disk decide.
    const estimate = new Transaction(sessionName, snapshot, snapshot, () => zeroTimestamp).addAll(changes);
    let beadLocks = [...estimate.atomicBeads];
    for (;;) {
      // One that was busy is refused; another change of the same bead waits for it.
      const atOnce = new Set(resolved.filter((id) => !busyBeads.has(id)));
      const outcome = await this.#exclusively(beadLocks, atOnce, async (busy) => {
        for (const id of busy) busyBeads.add(id);
        const selection = await ledger.readLocked(this.selection);
        if (selection.health.kind !== "ok") {
          this.#adopt(selection);
          throw this.#error("reload before save", new Error(selection.health.problem.message));
        }
        const shownNow = this.selection.snapshot;
        const transaction = new Transaction(sessionName, selection.snapshot, shownNow, this.#now, busyBeads);
        transaction.addAll(changes);
        const missing = [...transaction.atomicBeads].filter((id) => !beadLocks.includes(id) || busy.includes(id));
        if (missing.length > 0) return { missing };
        const { results } = transaction;
        const isRefused = allOrNothing && results.some(({ error }) => error !== undefined);
        const mustSave = !isRefused && (transaction.hasChanges || savesUnchanged);
        this.#adopt(mustSave ? this.#attempt("save", () => ledger.write(selection, transaction.commit())) : selection);
        return { results };
      });
      if (outcome.results !== undefined) return outcome.results;
      beadLocks = [...new Set([...beadLocks, ...outcome.missing])];
    }
  }

  /** Runs after all earlier changes, with the locks held. */
  async #exclusively<T>(
    beadIds: readonly string[],
    atOnce: ReadonlySet<string>,
    work: (busyBeads: readonly string[]) => Promise<T>,
  ): Promise<T> {
    const change = this.#changes.then(async () => {
      let lock;
      try {
        lock = await this.#ledger.lock(beadIds, atOnce);
      } catch (error) {
        throw this.#error("lock for save", error, pathOf(error) ?? this.#ledger.paths.lock);
      }
      try {
        return await work(lock.busy);
      } finally {
        lock.release();
      }
    });
    this.#changes = change.catch(() => undefined);
    return change;
  }

  #attempt<T>(operation: PersistenceOperation, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#error(operation, error);
    }
  }

  /** Shows what was read or written from now on. */
  #adopt(selection: Selection): void {
    this.#adoptions++;
    this.show(selection);
  }

  #error(operation: PersistenceOperation, error: unknown, path = this.#ledger.paths.primary): PersistenceError {
    if (error instanceof PublishError) return new PersistenceError(error.operation, error.path, error.cause);
    return new PersistenceError(operation, path, error);
  }
}

/** The file that the system complains about. */
function pathOf(error: unknown): string | undefined {
  return error instanceof Error && "path" in error && typeof error.path === "string" ? error.path : undefined;
}
