// Which rows that ntm holds are being worked on at present, and which were left behind by a process that is gone.
import { beadLockStates, type LockState } from "../ledger/beadLock";
import type { Assignment } from "../ledger/assignment";
import type { Timestamp } from "../ledger/timestamp";
import { isAtomic, rowHold } from "./guard";

/**
 * - `under-way`: a process holds the bead's lock
 * - `stranded`: the row is `sending` and no process works on it; ntm will refuse every step until the dispatch is resolved
 * - `idle`: another held row that no process works on; ntm's watch loop may still resume it
 */
export type Activity =
  | { readonly kind: "under-way" | "idle" }
  | { readonly kind: "stranded"; /** When the dispatch started. */ readonly since: Timestamp | undefined };

/** A check may come after a step has ended, before its result is read. */
const looksForVerdict = 2;

interface Watched {
  readonly row: Assignment;
  freeLooks: number;
  activity: Activity | undefined;
}

/**
 * Follows the held rows of one ledger. It has no timer: the caller passes on the rows, and calls
 * {@link checkLocks} from time to time while {@link isNeeded}. A check costs one read of the system's list of locks, and nothing
 * when no row is held.
 */
export class DispatchActivity {
  readonly #watched = new Map<string, Watched>();

  /** @param ledgerPath the ledger's primary copy, as `AssignmentStore.path` */
  constructor(
    private readonly ledgerPath: string,
    private readonly lockStates: (
      ledgerPath: string,
      beadIds: readonly string[],
    ) => Promise<readonly LockState[]> = beadLockStates,
  ) {}

  /** True if any row is held, so that a check can change anything. */
  get isNeeded(): boolean {
    return this.#watched.size > 0;
  }

  /** The held rows, by bead. */
  get held(): Iterable<string> {
    return this.#watched.keys();
  }

  /** The activity of a row; `undefined` for rows that aren't held, and until two checks agreed. */
  of(beadId: string): Activity | undefined {
    return this.#watched.get(beadId)?.activity;
  }

  /** Brings the held rows up to date with all rows of the ledger. Verdicts on a dispatch attempt that goes on are kept. */
  update(rows: readonly Assignment[]): void {
    const before = new Map(this.#watched);
    this.#watched.clear();
    for (const row of rows) {
      if (!isWatched(row)) continue;
      const watched = before.get(row.bead_id);
      if (watched?.row === row) this.#watched.set(row.bead_id, watched);
      else if (watched !== undefined && isSameDispatch(watched.row, row))
        this.#watched.set(row.bead_id, { ...watched, row });
      else this.#watched.set(row.bead_id, { row, freeLooks: 0, activity: undefined });
    }
  }

  /** Looks at the locks of all held rows once. @returns the beads whose activity changed */
  async checkLocks(): Promise<readonly string[]> {
    const watched = [...this.#watched];
    if (watched.length === 0) return [];
    const states = await this.lockStates(
      this.ledgerPath,
      watched.map(([beadId]) => beadId),
    );
    const changed: string[] = [];
    for (const [index, [beadId, entry]] of watched.entries()) {
      // The row may have changed while the locks were read.
      if (this.#watched.get(beadId) !== entry) continue;
      const before = entry.activity?.kind;
      take(entry, states[index] ?? "unknown");
      if (entry.activity?.kind !== before) changed.push(beadId);
    }
    return changed;
  }
}

function take(entry: Watched, state: LockState): void {
  switch (state) {
    case "taken":
      entry.freeLooks = 0;
      entry.activity = { kind: "under-way" };
      return;
    case "unknown":
      entry.freeLooks = 0;
      entry.activity = undefined;
      return;
    case "free":
      entry.freeLooks++;
      if (entry.freeLooks < looksForVerdict) return;
      entry.activity =
        entry.row.dispatch_state === "sending"
          ? { kind: "stranded", since: entry.row.dispatch_started_at }
          : { kind: "idle" };
  }
}

/** ntm takes the bead's lock for steps of atomic rows only. */
function isWatched(row: Assignment): boolean {
  if (!isAtomic(row)) return false;
  const hold = rowHold(row);
  return hold?.code === "in-flight" || hold?.code === "clearing";
}

function isSameDispatch(a: Assignment, b: Assignment): boolean {
  const fields = ["idempotency_key", "status", "dispatch_state", "dispatch_attempts", "dispatch_started_at"] as const;
  return fields.every((field) => a[field] === b[field]) && a.clear_state === b.clear_state;
}
