// What needs a person: rows that failed, are stuck, or hang with an error, and a ledger that is in trouble.
import { rowHold, type Assignment } from "../assignment";
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

export interface Attention {
  readonly reasons: ReadonlyMap<Assignment, AttentionReason>;
  /** Whether the ledger can't be read whole, or not be written. */
  readonly isLedgerInTrouble: boolean;
  /** The rows that need a person, and the ledger when it does. */
  readonly count: number;
  /** When the next row gets stuck, in milliseconds since 1970. */
  readonly nextAt: number | undefined;
}

const minuteMs = 60_000;

export const noAttention: Attention = { reasons: new Map(), isLedgerInTrouble: false, count: 0, nextAt: undefined };

/** @param now milliseconds since 1970 */
export function attentionIn(snapshot: SessionSnapshot, stuckAfter: StuckAfter, now: number): Attention {
  const reasons = new Map<Assignment, AttentionReason>();
  let nextAt: number | undefined;
  for (const row of snapshot.rows) {
    const stuckAt = timeOfGettingStuck(row, stuckAfter);
    const reason = reasonOf(row, stuckAt, now);
    if (reason !== undefined) reasons.set(row, reason);
    else if (stuckAt !== undefined && (nextAt === undefined || stuckAt < nextAt)) nextAt = stuckAt;
  }
  const isLedgerInTrouble = snapshot.health.kind !== "ok";
  return { reasons, isLedgerInTrouble, count: reasons.size + (isLedgerInTrouble ? 1 : 0), nextAt };
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
