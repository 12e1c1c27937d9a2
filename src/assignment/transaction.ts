// Changes computed from the newest rows before anything is written: which are refused and why, and the resulting snapshot.
import { isDeepStrictEqual } from "node:util";
import type { LedgerSnapshot, RowEntry } from "../ledger/snapshot";
import { zeroTimestamp, type Timestamp } from "../ledger/timestamp";
import { assignmentFields, type Assignment } from "../ledger/assignment";
import { transitionOf, type Change, type ChangeResult } from "./change";
import {
  AssignmentHeldError,
  AssignmentNotFoundError,
  ConcurrentMutationError,
  InvalidTransitionError,
  type ConflictingOperation,
} from "./errors";
import { holdOf, isAtomic, restoreHold, rowHold, unplacedHold } from "./guard";
import { applyChange } from "./applyChange";
import { currentSchema, isTransitionValid, isValidTransition, transitionTarget } from "./transitions";

/** The raw fields of changed and removed rows, so that a restored row is written back unchanged. */
const formerRows = new WeakMap<Assignment, RowEntry>();

const largestGeneration = 2n ** 64n - 1n;

export class Transaction {
  readonly results: ChangeResult[] = [];
  /** Beads whose own lock must be held for these changes. */
  readonly atomicBeads = new Set<string>();
  readonly #rows: Map<string, RowEntry>;
  readonly #cleared: Map<string, bigint>;
  /** Rows already changed by this transaction: the caller's observation no longer applies to them. */
  readonly #changed = new Set<string>();

  /**
   * @param newest the ledger on disk
   * @param shown the ledger as the caller last saw it
   * @param busyBeads beads whose lock another process holds, and that must not be waited for
   */
  constructor(
    private readonly sessionName: string,
    private readonly newest: LedgerSnapshot | undefined,
    private readonly shown: LedgerSnapshot | undefined,
    private readonly now: () => Timestamp,
    private readonly busyBeads: ReadonlySet<string> = new Set(),
  ) {
    this.#rows = new Map(newest?.rows);
    this.#cleared = new Map(newest?.clearedGenerations);
  }

  get hasChanges(): boolean {
    return this.#changed.size > 0;
  }

  get #schema(): number {
    return this.newest?.version ?? 1;
  }

  /** Computes each change on top of those before it. */
  addAll(changes: readonly Change[]): this {
    for (const change of changes) this.#add(change);
    return this;
  }

  #add(change: Change): void {
    const { beadId } = change;
    const before = this.#rows.get(beadId)?.row;
    try {
      const row = change.kind === "restore" ? this.#restore(change) : this.#apply(change);
      if (row !== before) this.#changed.add(beadId);
      this.results.push({ beadId, before, row });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.results.push({ beadId, error });
    }
  }

  /** The snapshot to publish. @throws {RangeError} when the ledger's generation can't go any higher */
  commit(): LedgerSnapshot {
    const generation = this.newest?.generation ?? 0n;
    if (generation === largestGeneration) throw new RangeError("persistence generation exhausted");
    return {
      sessionName: this.sessionName,
      version: this.#schema,
      generation: this.#schema >= currentSchema ? generation + 1n : 0n,
      updatedAt: this.now(),
      clearedGenerations: this.#cleared,
      rows: this.#rows,
      unknown: this.newest?.unknown ?? new Map<string, string>(),
    };
  }

  #apply(change: Exclude<Change, { kind: "restore" }>): Assignment | undefined {
    const { beadId } = change;
    const entry = this.#rows.get(beadId);
    const seen = change.observed === undefined ? this.shown?.rows.get(beadId)?.row : (change.observed ?? undefined);
    const observed = this.#changed.has(beadId) ? entry?.row : seen;
    checkObserved(change, entry?.row, observed);
    if (entry === undefined && change.kind === "remove") return undefined;
    if (entry === undefined && change.kind !== "assign") throw new AssignmentNotFoundError(beadId);
    checkAllowed(change, entry?.row, this.#schema);
    if (entry !== undefined && change.kind === "resolveDispatch") checkResolvable(entry.row, observed, this.busyBeads);
    if (entry !== undefined && isAtomic(entry.row)) this.atomicBeads.add(beadId);

    const row = applyChange(entry?.row, change, this.#schema, this.now);
    if (entry !== undefined) formerRows.set(entry.row, entry);
    if (row === undefined) {
      this.#rows.delete(beadId);
      if (entry !== undefined) this.#countClear(entry);
    } else {
      this.#rows.set(beadId, { row, raw: change.kind === "assign" ? undefined : entry?.raw, source: undefined });
    }
    return row;
  }

  /** ntm's deterministic keys include how often a bead was cleared: without this, its next assignment would count as a replay. */
  #countClear(entry: RowEntry): void {
    const { bead_id: beadId } = entry.row;
    if (isAtomic(entry.row)) this.#cleared.set(beadId, (this.#cleared.get(beadId) ?? 0n) + 1n);
  }

  #restore({ beadId, row, observed }: Extract<Change, { kind: "restore" }>): Assignment {
    const current = this.#rows.get(beadId)?.row;
    if (!isEqual(current, observed ?? undefined)) {
      const operation = current === undefined ? "update removed assignment" : "replace";
      throw new ConcurrentMutationError(beadId, (observed ?? undefined) === undefined ? "create" : operation);
    }
    const hold = restoreHold(row, this.#schema, current);
    if (hold !== undefined) throw new AssignmentHeldError(beadId, hold);
    this.#rows.set(beadId, { row, raw: formerRows.get(row)?.raw ?? unknownFields(row), source: undefined });
    return row;
  }
}

/** Refuses a change of a row that differs from the one the caller saw. */
function checkObserved(
  change: Exclude<Change, { kind: "restore" }>,
  row: Assignment | undefined,
  observed: Assignment | undefined,
): void {
  const conflict = (operation: ConflictingOperation): ConcurrentMutationError => {
    return new ConcurrentMutationError(change.beadId, operation);
  };
  switch (change.kind) {
    case "assign":
      if (row !== observed && !isEqual(row, observed)) throw conflict(observed === undefined ? "create" : "replace");
      return;
    case "reassign":
    case "remove":
      // Replacing or removing a row requires that no field changed, as in ntm.
      if (row === undefined && (change.kind === "remove" || observed === undefined)) return;
      if (!isEqual(row, observed)) throw conflict(change.kind === "remove" ? "remove" : "replace");
      return;
    default:
      if (observed === undefined) return;
      if (row === undefined) throw conflict("update removed assignment");
      if (!isSameGeneration(row, observed)) throw conflict("update superseded generation");
  }
}

/**
 * ntm has no lease or timestamp by which a dispatch expires: only the bead's lock distinguishes a running one from one that was
 * interrupted, and only the attempt shows whether the user decided about this one.
 */
function checkResolvable(row: Assignment, observed: Assignment | undefined, busyBeads: ReadonlySet<string>): void {
  const { bead_id: beadId } = row;
  if (!isSameDispatch(row, observed)) throw new ConcurrentMutationError(beadId, "replace");
  const hold = rowHold(row);
  if (hold !== undefined && busyBeads.has(beadId)) throw new AssignmentHeldError(beadId, hold);
}

function isSameDispatch(row: Assignment, observed: Assignment | undefined): boolean {
  const attempt = ["dispatch_state", "dispatch_attempts", "dispatch_started_at", "dispatch_target"] as const;
  return observed !== undefined && attempt.every((field) => row[field] === observed[field]);
}

/** `idempotency_key` if either row has one, else the exact `assigned_at`. */
function isSameGeneration(a: Assignment, b: Assignment): boolean {
  const [left, right] = [a.idempotency_key?.trim() ?? "", b.idempotency_key?.trim() ?? ""];
  if (left !== "" || right !== "") return left === right;
  return a.assigned_at === b.assigned_at && a.assigned_at !== zeroTimestamp;
}

function checkAllowed(change: Exclude<Change, { kind: "restore" }>, row: Assignment | undefined, schema: number): void {
  const { beadId } = change;
  const step = transitionOf(change);
  const target = change.kind === "assign" || change.kind === "reassign" ? change.paneId : undefined;
  const hold = row === undefined ? unplacedHold(step, schema, target) : holdOf(row, step, schema, target);
  // A row that is only marked as reassigned is no longer active, so it needs no pane.
  const staysActive = change.kind !== "updateStatus" || change.newStatus !== "reassigned";
  if (hold !== undefined && (hold.code !== "unplaced" || staysActive)) throw new AssignmentHeldError(beadId, hold);
  if (row === undefined || step === "assign" || step === "remove") return;
  const to = change.kind === "updateStatus" ? change.newStatus : transitionTarget[step];
  const isValid =
    step === "resolveDispatch"
      ? isTransitionValid(row.status, step, schema)
      : isValidTransition(row.status, to, schema);
  if (!isValid) throw new InvalidTransitionError(beadId, row.status, to);
}

function isEqual(a: Assignment | undefined, b: Assignment | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && isDeepStrictEqual(a, b));
}

function unknownFields(row: Assignment): ReadonlyMap<string, string> | undefined {
  const unknown = Object.entries(row).filter(([name]) => !Object.hasOwn(assignmentFields, name));
  return unknown.length === 0 ? undefined : new Map(unknown.map(([name, value]) => [name, JSON.stringify(value)]));
}
