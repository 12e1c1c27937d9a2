// What needs a person: rows that failed, are stuck, or hang with an error, and a ledger that is in trouble.
import { rowChanges, rowHold, without, type Assignment } from "../assignment";
import type { SessionSnapshot } from "./snapshot";
import { statusSince } from "./statusSince";

export type AttentionReason =
  | "failed"
  /** ntm is in the middle of something with the row, and it went wrong. */
  | "held"
  /** The row has been in its status for longer than the settings allow. */
  | "stuck";

/** After how many minutes in a status a row counts as stuck; 0: never. */
export type StuckAfter = Readonly<Record<"assigned" | "working" | "claiming" | "claimed", number>>;

/** From when on a row counts as stuck. */
interface Rule {
  readonly stuckAfter: StuckAfter;
  /** When a row last got stuck by waiting, in milliseconds since 1970: none has between then and now. */
  readonly at: number;
}

export class Attention {
  constructor(
    /** As long as it is the same object, a row that didn't change has the same reason. */
    readonly rule: Rule,
    /** The rows that were looked at. */
    readonly rows: readonly Assignment[] = [],
    /** How many rows there are for each reason. */
    readonly counts: Readonly<Record<AttentionReason, number>> = { failed: 0, held: 0, stuck: 0 },
    /** When the rows that may get stuck and aren't will be, the next one first. */
    readonly waiting: readonly number[] = [],
    /** Whether the ledger can't be read whole, or not be written. */
    readonly isLedgerInTrouble = false,
  ) {}

  /** The rows that need a person. */
  get rowCount(): number {
    return this.counts.failed + this.counts.held + this.counts.stuck;
  }

  /** The rows that need a person, and the ledger when it does. */
  get count(): number {
    return this.rowCount + (this.isLedgerInTrouble ? 1 : 0);
  }

  /** When the next row gets stuck, in milliseconds since 1970. */
  get nextAt(): number | undefined {
    return this.waiting[0];
  }

  reasonOf(row: Assignment): AttentionReason | undefined {
    return reasonOf(row, timeOfGettingStuck(row, this.rule.stuckAfter), this.rule.at);
  }
}

const minuteMs = 60_000;

export const noAttention = new Attention({ stuckAfter: { assigned: 0, working: 0, claiming: 0, claimed: 0 }, at: 0 });

/**
 * @param now milliseconds since 1970
 * @param before what needed a person until now: only rows that changed since are looked at
 */
export function attentionIn(
  snapshot: SessionSnapshot,
  stuckAfter: StuckAfter,
  now: number,
  before: Attention = noAttention,
): Attention {
  // A clock that was put back makes rows young again.
  const isUsable = now >= before.rule.at && JSON.stringify(before.rule.stuckAfter) === JSON.stringify(stuckAfter);
  const {
    rule,
    rows,
    counts: known,
    waiting,
  } = isUsable ? before : new Attention({ stuckAfter: { ...stuckAfter }, at: now });
  const { gone, come } = rowChanges(rows, snapshot.rows);
  const counts = { ...known };
  /** Returns when the ones that have no reason yet get stuck. */
  const count = (counted: readonly Assignment[], step: 1 | -1): number[] => {
    const times: number[] = [];
    for (const row of counted) {
      const stuckAt = timeOfGettingStuck(row, stuckAfter);
      const reason = reasonOf(row, stuckAt, rule.at);
      if (reason !== undefined) counts[reason] += step;
      else if (stuckAt !== undefined) times.push(stuckAt);
    }
    return times.sort(ascending);
  };
  const left = without(waiting, count(gone, -1));
  const times = [...left, ...count(come, 1)].sort(ascending);
  const next = times.findIndex((time) => time > now);
  const stuck = next < 0 ? times.length : next;
  counts.stuck += stuck;
  return new Attention(
    stuck === 0 ? rule : { ...rule, at: now },
    snapshot.rows,
    counts,
    times.slice(stuck),
    snapshot.health.kind !== "ok",
  );
}

function ascending(a: number, b: number): number {
  return a - b;
}

function reasonOf(row: Assignment, stuckAt: number | undefined, now: number): AttentionReason | undefined {
  if (row.status === "failed") return "failed";
  if (hangsWithError(row)) return "held";
  return stuckAt !== undefined && stuckAt <= now ? "stuck" : undefined;
}

function hangsWithError(row: Assignment): boolean {
  const hold = rowHold(row);
  return hold !== undefined && "error" in hold && hold.error.trim() !== "";
}

function timeOfGettingStuck(row: Assignment, stuckAfter: StuckAfter): number | undefined {
  if (!mayGetStuck(row.status, stuckAfter)) return undefined;
  const minutes = stuckAfter[row.status];
  const since = statusSince(row);
  if (minutes <= 0 || since === undefined) return undefined;
  const start = Date.parse(since);
  return Number.isNaN(start) ? undefined : start + minutes * minuteMs;
}

function mayGetStuck(status: string, stuckAfter: StuckAfter): status is keyof StuckAfter {
  return Object.hasOwn(stuckAfter, status);
}
