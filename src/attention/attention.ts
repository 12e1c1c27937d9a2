// What needs attention: rows with a problem, and a ledger that can't be read whole or written.
import { rowChanges, rowHold, without, type Assignment, type RowChanges } from "../assignment";
import type { SessionSnapshot } from "../session/sessionSnapshot";
import { canonicalAgentType } from "../session/agentType";
import { statusSinceMs } from "../session/rowFacts";
import {
  attentionReasons,
  changedSignals,
  noSignals,
  type AttentionReason,
  type Experience,
  type Problem,
  type Signals,
} from "./signal";

const stuckStatuses = ["assigned", "working", "claiming", "claimed"] as const;

/** After how many minutes in a status a row counts as stuck; 0: never. */
export interface StuckAfter extends Readonly<Record<(typeof stuckStatuses)[number], number>> {
  /** For `working` rows of these agents, in the place of `working`. */
  readonly experience?: readonly Experience[];
}

export type ReasonCounts = Readonly<Partial<Record<AttentionReason, number>>>;

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
    /** The rows that were examined. */
    readonly rows: readonly Assignment[] = [],
    readonly signals: Signals = noSignals,
    /** How many rows there are for each reason; a row with several counts for the most urgent one. */
    readonly counts: ReasonCounts = {},
    /** When the rows that may get stuck and aren't will be, the next one first. */
    readonly waiting: readonly number[] = [],
    /** Whether the ledger can't be read whole, or not be written. */
    readonly isLedgerInTrouble = false,
  ) {}

  /** The rows that need attention. */
  get rowCount(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  /** The rows that need attention, and the ledger when it does. */
  get count(): number {
    return this.rowCount + (this.isLedgerInTrouble ? 1 : 0);
  }

  /** When the next row gets stuck, in milliseconds since 1970. */
  get nextAt(): number | undefined {
    return this.waiting[0];
  }

  /** What is wrong with a row, the most urgent first. */
  problemsOf(row: Assignment): readonly Problem[] {
    const { stuckAfter, at } = this.rule;
    return problemsOf(row, timeOfGettingStuck(row, stuckAfter), at, this.signals).map((problem) =>
      problem.reason === "stuck" ? { ...problem, experience: experienceOf(row, stuckAfter) } : problem,
    );
  }

  problemOf(row: Assignment): Problem | undefined {
    return this.problemsOf(row)[0];
  }

  reasonOf(row: Assignment): AttentionReason | undefined {
    return this.problemOf(row)?.reason;
  }
}

const minuteMs = 60_000;

export const noAttention = new Attention({ stuckAfter: { assigned: 0, working: 0, claiming: 0, claimed: 0 }, at: 0 });

/**
 * @param now milliseconds since 1970
 * @param signals what is known of rows besides the ledger
 * @param before the attention until now: only rows that changed since are examined
 */
export function attentionIn(
  snapshot: SessionSnapshot,
  stuckAfter: StuckAfter,
  now: number,
  signals: Signals = noSignals,
  before: Attention = noAttention,
): Attention {
  // A clock that was put back makes rows young again.
  const isUsable = now >= before.rule.at && JSON.stringify(before.rule.stuckAfter) === JSON.stringify(stuckAfter);
  const known = isUsable ? before : new Attention({ stuckAfter: { ...stuckAfter }, at: now });
  const { rule } = known;
  const { gone, come } = changes(known, snapshot, signals);
  const counts: Partial<Record<AttentionReason, number>> = { ...known.counts };
  /** Returns when the ones that have no reason yet get stuck. */
  const count = (rows: readonly Assignment[], step: 1 | -1, rowSignals: Signals): number[] => {
    const times: number[] = [];
    for (const row of rows) {
      const stuckAt = timeOfGettingStuck(row, stuckAfter);
      const [problem] = problemsOf(row, stuckAt, rule.at, rowSignals);
      if (problem !== undefined) counts[problem.reason] = (counts[problem.reason] ?? 0) + step;
      else if (stuckAt !== undefined) times.push(stuckAt);
    }
    return times.sort(ascending);
  };
  const left = without(known.waiting, count(gone, -1, known.signals));
  const times = [...left, ...count(come, 1, signals)].sort(ascending);
  const next = times.findIndex((time) => time > now);
  const stuck = next < 0 ? times.length : next;
  if (stuck > 0) counts.stuck = (counts.stuck ?? 0) + stuck;
  return new Attention(
    stuck === 0 ? rule : { ...rule, at: now },
    snapshot.rows,
    signals,
    withoutZeros(counts),
    times.slice(stuck),
    snapshot.health.kind !== "ok",
  );
}

/** The rows to be examined: those that changed, and those whose signals did. */
function changes(before: Attention, snapshot: SessionSnapshot, signals: Signals): RowChanges {
  const { gone, come } = rowChanges(before.rows, snapshot.rows);
  const signaled = changedSignals(before.signals, signals);
  if (signaled.size === 0) return { gone, come };
  const isChanged = new Set([...gone, ...come].map((row) => row.bead_id));
  const others = [...signaled]
    .filter((beadId) => !isChanged.has(beadId))
    .map((beadId) => snapshot.get(beadId))
    .filter((row) => row !== undefined);
  return { gone: [...gone, ...others], come: [...come, ...others] };
}

/** A reason that no row has any more is absent, as if it had never been there. */
function withoutZeros(counts: ReasonCounts): ReasonCounts {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function ascending(a: number, b: number): number {
  return a - b;
}

function problemsOf(row: Assignment, stuckAt: number | undefined, now: number, signals: Signals): readonly Problem[] {
  const problems: Problem[] = [...(signals.get(row.bead_id) ?? [])];
  if (row.status === "failed") problems.push({ reason: "failed" });
  else if (hangsWithError(row)) problems.push({ reason: "held" });
  if (stuckAt !== undefined && stuckAt <= now) problems.push({ reason: "stuck" });
  return problems.length < 2
    ? problems
    : problems.sort((a, b) => attentionReasons.indexOf(a.reason) - attentionReasons.indexOf(b.reason));
}

function hangsWithError(row: Assignment): boolean {
  const hold = rowHold(row);
  return hold !== undefined && "error" in hold && hold.error.trim() !== "";
}

function timeOfGettingStuck(row: Assignment, stuckAfter: StuckAfter): number | undefined {
  if (!mayGetStuck(row.status)) return undefined;
  const minutes = experienceOf(row, stuckAfter)?.minutes ?? stuckAfter[row.status];
  return minutes <= 0 ? undefined : (statusSinceMs(row) ?? firstSeen(row)) + minutes * minuteMs;
}

const seen = new WeakMap<Assignment, number>();

/**
 * When this window first saw the row, in milliseconds since 1970. If the ledger doesn't tell since when a row has its status,
 * as after a retry, this is the only thing that is known.
 */
function firstSeen(row: Assignment): number {
  let time = seen.get(row);
  if (time === undefined) seen.set(row, (time = Date.now()));
  return time;
}

function experienceOf(row: Assignment, { experience = [] }: StuckAfter): Experience | undefined {
  if (row.status !== "working" || experience.length === 0) return undefined;
  const kind = canonicalAgentType(row.agent_type);
  return experience.find(({ agentType }) => agentType === kind);
}

function mayGetStuck(status: string): status is (typeof stuckStatuses)[number] {
  return stuckStatuses.some((one) => one === status);
}
