// Draws the plot and the axis above it, on the screen or into an SVG document.
import { barHeight, type PlacedLane } from "./layout";
import type { Palette } from "./palette";
import { fontSize, drawMark } from "./drawMark";
import { placeOf, type Picture } from "./picture";
import type { Surface } from "./surface";
import type { Axis } from "./ticks";

/** In CSS pixels. */
export const axisHeight = 42;

export interface PlotDrawing {
  readonly picture: Picture;
  readonly axis: Axis;
  readonly palette: Palette;
  readonly x: (time: number) => number;
  readonly now: number;
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
  readonly hoveredBar: string | undefined;
  readonly selectedBar: string | undefined;
  readonly focusedLane: number | undefined;
}

export function drawPlot(surface: Surface, plot: PlotDrawing): void {
  const { picture, axis, palette, x, now, width, height, scrollTop } = plot;
  for (const lane of picture.lanes) {
    const top = lane.top - scrollTop;
    if (lane.index === plot.focusedLane) surface.rectangle(0, top, width, lane.height - 1, { fill: palette.selection });
    surface.rectangle(0, top + lane.height - 1, width, 1, { fill: palette.line });
  }
  const bottom = Math.min(height, bottomOf(picture.lanes) - scrollTop);
  for (const tick of axis.ticks) {
    surface.rectangle(Math.round(tick.x), 0, 1, bottom, { fill: tick.isDay ? palette.dayLine : palette.tickLine });
  }
  for (const { top, marks } of picture.rows) {
    for (const mark of marks) drawMark(mark, top, { surface, palette, x, now, width });
  }
  const nowX = Math.round(x(now));
  if (nowX >= 0 && nowX <= width) surface.rectangle(nowX, 0, 1, bottom, { fill: palette.now });
  outline(surface, plot, plot.hoveredBar, { color: palette.foreground, width: 1 });
  outline(surface, plot, plot.selectedBar, { color: palette.focus, width: 2 });
}

export function drawAxis(
  surface: Surface,
  { axis, palette, x, now, width }: Pick<PlotDrawing, "axis" | "palette" | "x" | "now" | "width">,
): void {
  for (const { x: left, label } of axis.days) {
    surface.text(label, left, 12, { size: fontSize, color: palette.foreground, isBold: true });
  }
  for (const tick of axis.ticks) {
    surface.text(tick.label, tick.x, 28, { size: fontSize, color: palette.faded, align: "center" });
    surface.rectangle(Math.round(tick.x), axisHeight - 5, 1, 5, { fill: tick.isDay ? palette.dayLine : palette.line });
  }
  surface.rectangle(0, axisHeight - 1, width, 1, { fill: palette.line });
  const nowX = Math.round(x(now)) + 0.5;
  if (nowX < 0 || nowX > width) return;
  const tip = axisHeight;
  surface.polygon([[nowX - 4, tip - 6], [nowX + 4, tip - 6], [nowX, tip]], { fill: palette.now }); // prettier-ignore
}

function outline(
  surface: Surface,
  { picture, width }: PlotDrawing,
  barId: string | undefined,
  stroke: { readonly color: string; readonly width: number },
): void {
  const place = barId === undefined ? undefined : placeOf(picture, barId);
  if (place === undefined) return;
  const left = Math.round(Math.max(place.mark.left, -4));
  const right = Math.round(Math.min(place.mark.right, width + 4));
  const out = stroke.width;
  surface.rectangle(left - out, place.top - out, Math.max(right - left, 1) + 2 * out, barHeight + 2 * out, { stroke });
}

function bottomOf(lanes: readonly PlacedLane[]): number {
  const last = lanes.at(-1);
  return last === undefined ? 0 : last.top + last.height;
}
