// The visible marks, by row: for drawing, and for hit tests of the pointer.
import { barHeight, barTop, firstIndex, lanesBetween, type Layout, type PlacedBar, type PlacedLane } from "./layout";
import { marksOf, type Mark } from "./marks";
import type { TimeRange } from "./timeRange";

export interface PictureRow {
  readonly lane: PlacedLane;
  /** From the top of the plot, in CSS pixels. */
  readonly top: number;
  readonly marks: readonly Mark[];
}

export interface Picture {
  /** From top to bottom. */
  readonly rows: readonly PictureRow[];
  readonly lanes: readonly PlacedLane[];
}

export interface Viewport {
  readonly layout: Layout;
  readonly x: (time: number) => number;
  readonly now: number;
  /** Of the plot, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
}

export function pictureOf({ layout, x, now, width, height, scrollTop }: Viewport): Picture {
  const { first, end } = lanesBetween(layout, scrollTop, scrollTop + height);
  const lanes = layout.lanes.slice(first, end);
  const rows = lanes.flatMap((lane) =>
    lane.rows.map((row, index) => ({
      lane,
      top: barTop(lane, index) - scrollTop,
      marks: marksOf(row, x, { now, width }),
    })),
  );
  return { rows, lanes };
}

/** What lies under a point of the plot. */
export function markAt({ rows }: Picture, x: number, y: number): Mark | undefined {
  const row = rows.find(({ top }) => y >= top - 1 && y <= top + barHeight + 1);
  const mark = row?.marks[firstIndex(row.marks, ({ right }) => right >= x)];
  return mark !== undefined && mark.left <= x ? mark : undefined;
}

/** Where a bar is drawn, alone or among others. */
export function placeOf({ rows }: Picture, barId: string): { mark: Mark; top: number } | undefined {
  for (const { marks, top } of rows) {
    const mark = marks.find(({ bars }) => bars.some(({ bar }) => bar.id === barId));
    if (mark !== undefined) return { mark, top };
  }
  return undefined;
}

/**
 * The bar before or after another one of the same lane, by time; without the other one, the last bar in the range.
 * @param barId the other bar's id
 */
export function neighbourOf(
  lane: PlacedLane,
  barId: string | undefined,
  step: -1 | 1,
  { from, to }: TimeRange,
): PlacedBar | undefined {
  const bars = lane.rows.flat().sort((a, b) => a.start - b.start);
  const at = bars.findIndex(({ bar }) => bar.id === barId);
  if (at !== -1) return bars[Math.min(Math.max(at + step, 0), bars.length - 1)];
  return bars.findLast(({ start, end }) => start <= to && (end ?? Infinity) >= from) ?? bars.at(-1);
}
