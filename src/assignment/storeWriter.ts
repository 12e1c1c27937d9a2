// How a store changes its ledger: one change after another, each worked out on the newest rows, under the lock. Loaded
// with the first change, together with all that only writers need.
import type { Ledger } from "../ledger/ledger";
import { LedgerWriter } from "../ledger/ledgerWriter";
import { PublishError } from "../ledger/publish";
import type { Selection } from "../ledger/select";
import { zeroTimestamp } from "../ledger/timestamp";
import type { Timestamp } from "./assignment";
import type { Change, ChangeResult } from "./change";
import { checkChange } from "./checkChange";
import { PersistenceError, type PersistenceOperation } from "./errors";
import type { RepairOutcome } from "./store";
import { Transaction } from "./transaction";

export { ensureLockAvailable } from "../ledger/lock";

/** What the store shows, and how it comes to show what a change, or its failure, found on disk. */
export interface Shown {
  readonly selection: () => Selection;
  readonly adopt: (selection: Selection) => void;
}

export interface TransactionOptions {
  /** When one of the changes is refused, none is made. */
  readonly allOrNothing: boolean;
  /** Saves though nothing changed. */
  readonly savesUnchanged?: boolean;
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
    // Guessed from what is shown; what is on disk decides.
    let beadLocks = new Transaction(sessionName, snapshot, snapshot, () => zeroTimestamp).addAll(changes).atomicBeads;
    for (;;) {
      const outcome = await this.#exclusively(beadLocks, async () => {
        const selection = await this.#writer.read(this.shown.selection());
        if (selection.health.kind !== "ok") {
          this.shown.adopt(selection);
          throw this.#error("reload before save", new Error(selection.health.problem.message));
        }
        const transaction = new Transaction(sessionName, selection.snapshot, this.shown.selection().snapshot, this.now);
        transaction.addAll(changes);
        const missing = transaction.atomicBeads.filter((id) => !beadLocks.includes(id));
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
      beadLocks = [...beadLocks, ...outcome.missing];
    }
  }

  async repair(): Promise<RepairOutcome> {
    return this.#exclusively([], async () => {
      const selection = await this.#writer.read(this.shown.selection());
      const saved = this.#attempt("repair", () => this.#writer.repair(selection, this.now()));
      const repaired = await this.#writer.read(selection);
      this.shown.adopt(repaired);
      if (repaired.health.kind !== "ok") throw this.#error("repair", new Error(repaired.health.problem.message));
      return { saved };
    });
  }

  /** Runs after all changes before it, with the locks held. */
  async #exclusively<T>(beadIds: readonly string[], work: () => Promise<T>): Promise<T> {
    const change = this.#changes.then(async () => {
      let lock;
      try {
        lock = await this.#writer.lock(beadIds);
      } catch (error) {
        throw this.#error("lock for save", error, this.ledger.paths.lock);
      }
      try {
        return await work();
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
