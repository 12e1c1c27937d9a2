// The visible time range, and how zooming, panning and the passing of time change it.

/** In milliseconds since the epoch. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

const second = 1_000;
const hour = 3_600 * second;

/** No closer: a picture this wide shows single seconds. */
export const shortestSpan = 10 * second;
/** Zoomed out, all there is may shrink to one hundredth of the width. */
const widestFactor = 100;

/** All there is up to now, with some room on both sides. */
export function wholeRange(
  bars: Iterable<{ readonly start: number; readonly end: number | undefined }>,
  now: number,
): TimeRange {
  let from = Infinity;
  let to = now;
  for (const { start, end } of bars) {
    from = Math.min(from, start);
    to = Math.max(to, start, end ?? start);
  }
  if (from === Infinity) from = now - hour;
  const span = Math.max(to - from, 60 * second);
  return { from: to - span * 1.02, to: to + span * 0.04 };
}

/** Zooms by a factor around a time, which stays where it is; above 1 is closer. */
export function zoomed({ from, to }: TimeRange, factor: number, around: number, whole: TimeRange): TimeRange {
  const span = Math.min(Math.max((to - from) / factor, shortestSpan), longestSpan(whole));
  const part = Math.min(Math.max((around - from) / (to - from), 0), 1);
  return { from: around - part * span, to: around + (1 - part) * span };
}

export function panned({ from, to }: TimeRange, milliseconds: number): TimeRange {
  return { from: from + milliseconds, to: to + milliseconds };
}

/** The range kept where something can be seen: no further than half of its own span from all there is. */
export function kept(range: TimeRange, whole: TimeRange): TimeRange {
  const span = Math.min(Math.max(range.to - range.from, shortestSpan), longestSpan(whole));
  const middle = (range.from + range.to) / 2;
  const inside = Math.min(Math.max(middle, whole.from), whole.to);
  return { from: inside - span / 2, to: inside + span / 2 };
}

export function longestSpan({ from, to }: TimeRange): number {
  return (to - from) * widestFactor;
}

/** A range that contains the present time follows it; one in the past stays. */
export function following(range: TimeRange, before: number, now: number): TimeRange {
  return before >= range.from && before <= range.to ? panned(range, now - before) : range;
}
