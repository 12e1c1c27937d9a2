// The positions of lanes, and of bars in the rows of their lane. Bars of one pane may run at the same time; they never
// share a row then. All of it holds at any zoom, because it is worked out from times alone.
import type { TimelineBar, TimelineData, TimelineLane } from "../messages";

/** In CSS pixels. */
const rowHeight = 22;
export const barHeight = 18;
const lanePadding = 5;

export interface PlacedBar {
  readonly bar: TimelineBar;
  /** In milliseconds since the epoch. */
  readonly start: number;
  /** That of a bar in flight moves along with the time. */
  readonly end: number | undefined;
}

export interface PlacedLane {
  readonly lane: TimelineLane;
  readonly index: number;
  /** From the top of the first lane, in CSS pixels. */
  readonly top: number;
  readonly height: number;
  /** Each in order of time, none of its bars touching another's time. */
  readonly rows: readonly (readonly PlacedBar[])[];
  readonly barCount: number;
}

export interface Layout {
  readonly lanes: readonly PlacedLane[];
  readonly height: number;
}

export function layoutOf(data: Pick<TimelineData, "lanes" | "bars">): Layout {
  const byLane = new Map<string, PlacedBar[]>(data.lanes.map(({ id }) => [id, []]));
  for (const bar of data.bars) byLane.get(bar.lane)?.push(placed(bar));
  let top = 0;
  const lanes = data.lanes.map((lane, index): PlacedLane => {
    const bars = byLane.get(lane.id) ?? [];
    const rows = rowsOf(bars);
    const height = Math.max(1, rows.length) * rowHeight + 2 * lanePadding;
    top += height;
    return { lane, index, top: top - height, height, rows, barCount: bars.length };
  });
  return { lanes, height: top };
}

/** Where the bars of this row begin, from the top of the first lane. */
export function barTop(lane: PlacedLane, row: number): number {
  return lane.top + lanePadding + row * rowHeight + (rowHeight - barHeight) / 2;
}

/** The lanes of which something is between the two heights, as a half-open range of their indexes. */
export function lanesBetween({ lanes }: Layout, top: number, bottom: number): { first: number; end: number } {
  const first = firstIndex(lanes, (lane) => lane.top + lane.height > top);
  return {
    first,
    end: Math.max(
      first,
      firstIndex(lanes, (lane) => lane.top >= bottom),
    ),
  };
}

/** The index of the first item for which it holds, given that it then holds for all after it; else their number. */
export function firstIndex<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function placed(bar: TimelineBar): PlacedBar {
  let start = Infinity;
  let end: number | undefined = -Infinity;
  for (const stage of bar.stages) {
    start = Math.min(start, stage.start);
    if (stage.end === undefined) end = undefined;
    else if (end !== undefined) end = Math.max(end, stage.end);
  }
  return { bar, start, end: end === undefined ? undefined : Math.max(start, end) };
}

/** Puts each bar into the first row that is free by then. */
function rowsOf(bars: readonly PlacedBar[]): readonly (readonly PlacedBar[])[] {
  const rows: { bars: PlacedBar[]; freeFrom: number }[] = [];
  for (const bar of [...bars].sort((a, b) => a.start - b.start)) {
    const end = bar.end ?? Infinity;
    const row = rows.find(({ freeFrom }) => freeFrom <= bar.start);
    if (row === undefined) rows.push({ bars: [bar], freeFrom: end });
    else {
      row.bars.push(bar);
      row.freeFrom = end;
    }
  }
  return rows.map((row) => row.bars);
}
