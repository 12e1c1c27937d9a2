// What is drawn of a row of bars at one zoom. Bars too narrow to be distinguished are drawn as one block with their number,
// so that what is drawn never overlaps.
import type { Outcome } from "../messages";
import { firstIndex, type PlacedBar } from "./layout";

/** One bar, or several that lie too close together. */
export interface Mark {
  /** In CSS pixels from the left edge of the plot. */
  readonly left: number;
  readonly right: number;
  /** In order of time; at least one. */
  readonly bars: readonly PlacedBar[];
}

/** A bar narrower than this can't be hit or seen. */
const narrowest = 4;
/** Neighbours narrower than this are drawn as one when they touch. */
const narrow = 12;
/** Between two marks. */
const gap = 1;

/**
 * The marks of a row between 0 and `width`, from left to right.
 * @param x where a time is, in CSS pixels
 */
export function marksOf(
  row: readonly PlacedBar[],
  x: (time: number) => number,
  { now, width }: { readonly now: number; readonly width: number },
): readonly Mark[] {
  const marks: { left: number; right: number; bars: PlacedBar[] }[] = [];
  // A row is in order of time, so that its ends are, too.
  for (let index = firstIndex(row, (bar) => x(endOf(bar, now)) + narrowest >= 0); index < row.length; index++) {
    const bar = row[index];
    if (bar === undefined) break;
    const left = x(bar.start);
    if (left > width) break;
    const right = Math.max(x(endOf(bar, now)), left + narrowest);
    const last = marks.at(-1);
    if (last === undefined || left >= last.right + gap) marks.push({ left, right, bars: [bar] });
    else if (right - left < narrow && isCrowded(last)) {
      last.bars.push(bar);
      last.right = Math.max(last.right, right);
    } else {
      // One of them is wide enough to give way.
      last.right = Math.max(last.left + 2, left - gap);
      marks.push({ left: Math.max(left, last.right + gap), right, bars: [bar] });
    }
  }
  return marks;
}

/** When it ended, or now. Clocks differ: a bar that begins later than now has no length yet. */
export function endOf({ start, end }: PlacedBar, now: number): number {
  return end ?? Math.max(start, now);
}

/** What most needs attention among the bars of a mark. */
export function worstOutcome({ bars }: Mark): Outcome {
  let worst: Outcome = "completed";
  for (const { bar } of bars) if (severity[bar.outcome] > severity[worst]) worst = bar.outcome;
  return worst;
}

const severity: Readonly<Record<Outcome, number>> = {
  completed: 0,
  "given-up": 1,
  open: 2,
  failed: 3,
  "agent-exited": 4,
  stranded: 5,
};

function isCrowded({ left, right, bars }: Mark): boolean {
  return bars.length > 1 || right - left < narrow;
}
