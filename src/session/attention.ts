// What needs attention: rows with a problem, and a ledger that can't be read whole or written.
import { rowHold, type Assignment } from "../assignment";
import type { SessionSnapshot } from "./sessionSnapshot";
import { canonicalAgentType } from "./agentType";
import { rowError, statusSinceMs } from "./rowFacts";
import {
  attentionReasons,
  noSignals,
  type AttentionReason,
  type Experience,
  type Problem,
  type Signals,
} from "./attentionReason";

type StuckStatus = "assigned" | "working" | "claiming" | "claimed";

/** After how many minutes in a status a row counts as stuck; 0: never. */
export interface StuckAfter extends Readonly<Record<StuckStatus, number>> {
  /** For `working` rows of these agents, in the place of `working`. */
  readonly experience?: readonly Experience[];
}

/**
 * When the snooze of a row with these problems ends, in milliseconds since 1970: infinite if it has no time; `undefined` if it isn't
 * snoozed.
 */
export type SnoozeEnd = (row: Assignment, problems: readonly Problem[]) => number | undefined;

const neverSnoozed: SnoozeEnd = () => undefined;

export type ReasonCounts = Readonly<Partial<Record<AttentionReason, number>>>;

/** What is wrong with rows, and which of them need attention. */
export class Attention {
  /**
   * @param problems by row, the most urgent first; only rows that have some
   */
  constructor(
    private readonly problems: ReadonlyMap<Assignment, readonly Problem[]> = new Map(),
    readonly signals: Signals = noSignals,
    /** How many rows there are for each reason; a row with several counts for the most urgent one. */
    readonly counts: ReasonCounts = {},
    /** When the next row gets stuck, or its snooze ends, in milliseconds since 1970. */
    readonly nextAt?: number,
    /** Whether the ledger can't be read whole, or not be written. */
    readonly isLedgerInTrouble = false,
    /** How many rows the user has put aside; they don't count for a reason. */
    readonly snoozedCount = 0,
  ) {}

  /** The rows that need attention, without snoozed ones. */
  get rowCount(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  /** The rows that need attention, and the ledger when it does. */
  get count(): number {
    return this.rowCount + (this.isLedgerInTrouble ? 1 : 0);
  }

  /** What is wrong with a row of the snapshot, snoozed or not, the most urgent first. */
  problemsOf(row: Assignment): readonly Problem[] {
    return this.problems.get(row) ?? noProblems;
  }

  problemOf(row: Assignment): Problem | undefined {
    return this.problems.get(row)?.[0];
  }

  /** The first rows that need attention, the most urgent first, then in list order. @param most how many */
  mostUrgent(most: number): readonly { readonly row: Assignment; readonly problem: Problem }[] {
    const byReason = new Map<AttentionReason, { readonly row: Assignment; readonly problem: Problem }[]>();
    for (const [row, [problem]] of this.problems) {
      if (problem === undefined || problem.snoozedUntil !== undefined) continue;
      const rows = byReason.get(problem.reason);
      if (rows === undefined) byReason.set(problem.reason, [{ row, problem }]);
      else if (rows.length < most) rows.push({ row, problem });
    }
    return attentionReasons.flatMap((reason) => byReason.get(reason) ?? []).slice(0, most);
  }

  /** Why the row needs attention; `undefined` if it doesn't, or is snoozed. */
  reasonOf(row: Assignment): AttentionReason | undefined {
    const problem = this.problemOf(row);
    return problem?.snoozedUntil === undefined ? problem?.reason : undefined;
  }
}

const noProblems: readonly Problem[] = [];
const minuteMs = 60_000;

export const noAttention = new Attention();

/**
 * @param now milliseconds since 1970
 * @param signals what is known of rows besides the ledger
 */
export function attentionIn(
  snapshot: SessionSnapshot,
  stuckAfter: StuckAfter,
  now: number,
  signals: Signals = noSignals,
  snoozeEnd: SnoozeEnd = neverSnoozed,
): Attention {
  const problems = new Map<Assignment, readonly Problem[]>();
  const counts: Partial<Record<AttentionReason, number>> = {};
  let nextAt = Infinity;
  let snoozedCount = 0;
  for (const row of snapshot.rows) {
    const stuckAt = timeOfGettingStuck(row, stuckAfter, now);
    const found = problemsOf(row, stuckAt, now, signals, stuckAfter);
    const [problem] = found;
    const snoozedUntil = problem === undefined ? undefined : snoozeEnd(row, found);
    if (problem !== undefined) {
      problems.set(row, snoozedUntil === undefined ? found : found.map((one) => ({ ...one, snoozedUntil })));
      if (snoozedUntil === undefined) {
        counts[problem.reason] = (counts[problem.reason] ?? 0) + 1;
        continue;
      }
      snoozedCount++;
    }
    if (stuckAt !== undefined && stuckAt > now) nextAt = Math.min(nextAt, stuckAt);
    nextAt = Math.min(nextAt, snoozedUntil ?? Infinity);
  }
  const isLedgerInTrouble = snapshot.health.kind !== "ok";
  return new Attention(
    problems,
    signals,
    counts,
    nextAt === Infinity ? undefined : nextAt,
    isLedgerInTrouble,
    snoozedCount,
  );
}

/** One object for each of the most common problems, because thousands of rows may have them. */
const failedProblems: readonly Problem[] = [{ reason: "failed" }];
const stuckProblems: readonly Problem[] = [{ reason: "stuck" }];

function problemsOf(
  row: Assignment,
  stuckAt: number | undefined,
  now: number,
  signals: Signals,
  stuckAfter: StuckAfter,
): readonly Problem[] {
  const signalled = signals.size === 0 ? undefined : signals.get(row.bead_id);
  const isFailed = row.status === "failed";
  const isHanging = !isFailed && hangsWithError(row);
  const isStuck = stuckAt !== undefined && stuckAt <= now;
  const experience = isStuck ? experienceOf(row, stuckAfter) : undefined;
  if (signalled === undefined && !isHanging && experience === undefined) {
    if (isStuck) return stuckProblems;
    return isFailed ? failedProblems : noProblems;
  }
  const problems: Problem[] = [...(signalled ?? noProblems)];
  if (isFailed) problems.push({ reason: "failed" });
  if (isHanging) problems.push({ reason: "held" });
  if (isStuck) problems.push({ reason: "stuck", experience });
  return problems.length < 2
    ? problems
    : problems.sort((a, b) => attentionReasons.indexOf(a.reason) - attentionReasons.indexOf(b.reason));
}

function hangsWithError(row: Assignment): boolean {
  // The error of a hold is one of these. Few rows have any, and this is asked of every row at every change.
  if (rowError(row) === undefined) return false;
  const hold = rowHold(row);
  return hold !== undefined && "error" in hold && hold.error.trim() !== "";
}

function timeOfGettingStuck(row: Assignment, stuckAfter: StuckAfter, now: number): number | undefined {
  if (!mayGetStuck(row.status)) return undefined;
  const minutes = experienceOf(row, stuckAfter)?.minutes ?? stuckAfter[row.status];
  return minutes <= 0 ? undefined : (statusSinceMs(row) ?? firstSeen(row, now)) + minutes * minuteMs;
}

const seen = new WeakMap<Assignment, number>();

/**
 * When this window first saw the row, in milliseconds since 1970. If the ledger doesn't say since when a row has its status,
 * as after a retry, this is the only thing that is known.
 */
function firstSeen(row: Assignment, now: number): number {
  let time = seen.get(row);
  if (time === undefined) seen.set(row, (time = now));
  return time;
}

function experienceOf(row: Assignment, { experience = [] }: StuckAfter): Experience | undefined {
  if (row.status !== "working" || experience.length === 0) return undefined;
  const kind = canonicalAgentType(row.agent_type);
  return experience.find(({ agentType }) => agentType === kind);
}

function mayGetStuck(status: string): status is StuckStatus {
  return status === "assigned" || status === "working" || status === "claiming" || status === "claimed";
}
