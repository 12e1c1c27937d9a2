// Changes the ledger of a store: one transaction at a time, each computed from the newest rows, under the lock. Loaded
// on the first change, together with everything that only writers need.
import type { Ledger } from "../ledger/ledger";
import { LedgerWriter } from "../ledger/ledgerWriter";
import { PublishError } from "../ledger/publish";
import type { LedgerHealth } from "../ledger/health";
import type { Selection } from "../ledger/selection";
import { zeroTimestamp, type Timestamp } from "../ledger/timestamp";
import type { Change, ChangeResult } from "./change";
import { checkChange } from "./checkChange";
import { PersistenceError, ProblemChangedError, type PersistenceOperation } from "./errors";
import { Transaction } from "./transaction";

export { ensureLockAvailable } from "../ledger/lock";

/** The store's current selection, and how to replace it with what was found on disk. */
export interface Shown {
  readonly selection: () => Selection;
  readonly adopt: (selection: Selection) => void;
}

export interface TransactionOptions {
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

export class StoreWriter {
  readonly #writer: LedgerWriter;
  #changes: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly ledger: Ledger,
    private readonly shown: Shown,
    private readonly now: () => Timestamp,
    lockTimeoutMs: number,
  ) {
    this.#writer = new LedgerWriter(ledger.sessionName, ledger.paths, lockTimeoutMs);
  }

  async transact(
    changes: readonly Change[],
    { allOrNothing, savesUnchanged = false }: TransactionOptions,
  ): Promise<readonly ChangeResult[]> {
    for (const change of changes) checkChange(change);
    if (changes.length === 0 && !savesUnchanged) return [];
    const { sessionName } = this.ledger;
    const { snapshot } = this.shown.selection();
    const makesRows = changes.some(({ kind }) => kind === "assign" || kind === "restore");
    if (!savesUnchanged && !makesRows && !this.#writer.hasFolder()) {
      return new Transaction(sessionName, undefined, snapshot, this.now).addAll(changes).results;
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
        const selection = await this.#writer.read(this.shown.selection());
        if (selection.health.kind !== "ok") {
          this.shown.adopt(selection);
          throw this.#error("reload before save", new Error(selection.health.problem.message));
        }
        const shownNow = this.shown.selection().snapshot;
        const transaction = new Transaction(sessionName, selection.snapshot, shownNow, this.now, busyBeads);
        transaction.addAll(changes);
        const missing = [...transaction.atomicBeads].filter((id) => !beadLocks.includes(id) || busy.includes(id));
        if (missing.length > 0) return { missing };
        const { results } = transaction;
        const isRefused = allOrNothing && results.some(({ error }) => error !== undefined);
        const mustSave = !isRefused && (transaction.hasChanges || savesUnchanged);
        this.shown.adopt(
          mustSave ? this.#attempt("save", () => this.#writer.write(selection, transaction.commit())) : selection,
        );
        return { results };
      });
      if (outcome.results !== undefined) return outcome.results;
      beadLocks = [...new Set([...beadLocks, ...outcome.missing])];
    }
  }

  async repair(confirmed: LedgerHealth | undefined): Promise<RepairOutcome> {
    return this.#exclusively([], new Set(), async () => {
      const selection = await this.#writer.read(this.shown.selection());
      if (confirmed !== undefined && JSON.stringify(confirmed) !== JSON.stringify(selection.health)) {
        this.shown.adopt(selection);
        throw this.#error("repair", new ProblemChangedError());
      }
      const saved = this.#attempt("repair", () => this.#writer.repair(selection, this.now()));
      const repaired = await this.#writer.read(selection);
      this.shown.adopt(repaired);
      if (repaired.health.kind !== "ok") throw this.#error("repair", new Error(repaired.health.problem.message));
      return { saved };
    });
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
        lock = await this.#writer.lock(beadIds, atOnce);
      } catch (error) {
        throw this.#error("lock for save", error, pathOf(error) ?? this.ledger.paths.lock);
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

  #error(operation: PersistenceOperation, error: unknown, path = this.ledger.paths.primary): PersistenceError {
    if (error instanceof PublishError) return new PersistenceError(error.operation, error.path, error.cause);
    return new PersistenceError(operation, path, error);
  }
}

/** The file that the system complains about. */
function pathOf(error: unknown): string | undefined {
  return error instanceof Error && "path" in error && typeof error.path === "string" ? error.path : undefined;
}
