// Draws one mark: a bar with its stages, text and outcome, or a block of bars too narrow to be distinguished.
import type { BarStageName, TimelineBar, TimelineStage } from "../messages";
import { displayText } from "./tooltipLines";
import { barHeight } from "./layout";
import { worstOutcome, type Mark } from "./marks";
import { drawOutcome, glyphSize } from "./outcomeGlyph";
import type { Palette } from "./palette";
import type { Surface } from "./surface";

export interface MarkDrawing {
  readonly surface: Surface;
  readonly palette: Palette;
  readonly x: (time: number) => number;
  readonly now: number;
  readonly width: number;
}

export const fontSize = 12;
const smallFontSize = 11;
/** Narrower ones have no room for a glyph or words. */
const roomy = 22;

/** The style of each stage: thin or dashed before work begins, solid while working. */
export const stageLooks: Readonly<Record<BarStageName, { height: number; opacity: number; dash?: readonly number[] }>> =
  {
    claim: { height: 6, opacity: 0.45 },
    dispatch: { height: 10, opacity: 0.45 },
    assigned: { height: barHeight, opacity: 0.1, dash: [3, 2] },
    working: { height: barHeight, opacity: 0.3 },
  };

export function drawMark(mark: Mark, top: number, context: MarkDrawing): void {
  // Far outside of the plot lies nothing to see, and large numbers are drawn badly.
  const left = Math.round(Math.max(mark.left, -4));
  const right = Math.max(left + 1, Math.round(Math.min(mark.right, context.width + 4)));
  const [only, another] = mark.bars;
  if (only === undefined) return;
  if (another !== undefined) drawBlock(mark, left, right, top, context);
  else if (right - left < 6) drawSliver(only.bar, left, right, top, context);
  else
    drawBar(
      only.bar,
      { left, right, top, isCutLeft: mark.left < -4, isCutRight: mark.right > context.width + 4 },
      context,
    );
}

function drawBlock(mark: Mark, left: number, right: number, top: number, { surface, palette }: MarkDrawing): void {
  surface.rectangle(left, top, right - left, barHeight, {
    fill: palette.foreground,
    opacity: palette.isHighContrast ? 0 : 0.14,
  });
  const worst = worstOutcome(mark);
  surface.rectangle(left, top + barHeight - 3, right - left, 3, { fill: palette.outcomes[worst] });
  if (palette.isHighContrast) {
    surface.rectangle(left, top, right - left, barHeight, { stroke: { color: palette.foreground, width: 1 } });
  }
  const label = String(mark.bars.length);
  const style = { size: smallFontSize, color: palette.foreground, align: "center" } as const;
  if (surface.measure(label, style) + 4 <= right - left) {
    surface.text(label, (left + right) / 2, top + barHeight / 2 - 1, style);
  }
}

function drawSliver(
  bar: TimelineBar,
  left: number,
  right: number,
  top: number,
  { surface, palette }: MarkDrawing,
): void {
  surface.rectangle(left, top, right - left, barHeight, { fill: palette.outcomes[bar.outcome] });
}

interface BarPlace {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly isCutLeft: boolean;
  readonly isCutRight: boolean;
}

function drawBar(bar: TimelineBar, place: BarPlace, context: MarkDrawing): void {
  const { surface, palette, width } = context;
  const { left, right, top } = place;
  const middle = top + barHeight / 2;
  surface.rectangle(left, top, right - left, barHeight, { fill: palette.background });
  for (const stage of bar.stages) drawStage(stage, place, context);
  let wordsRight = Math.min(right, width) - 4;
  if (bar.outcome !== "open") {
    const color = palette.outcomes[bar.outcome];
    if (right - left >= roomy) {
      if (!place.isCutRight) drawOutcome(surface, bar.outcome, right - 5 - glyphSize / 2, middle, color);
      wordsRight = Math.min(wordsRight, right - glyphSize - 8);
    } else {
      surface.rectangle(right - 3, top, 3, barHeight, { fill: color });
      return;
    }
  }
  const words = roomForWords(bar, place, wordsRight, context);
  drawText(bar, words.left + 5, words.right, middle, context);
}

/** The widest visible stage: text across a border is hard to read. */
function roomForWords(
  { stages }: TimelineBar,
  { left }: BarPlace,
  right: number,
  { x, now }: MarkDrawing,
): { readonly left: number; readonly right: number } {
  let widest = { left: 0, right: 0 };
  for (const { start, end = now } of stages) {
    const from = Math.round(Math.max(x(start), left, 0));
    const to = Math.min(Math.round(x(end)), right);
    if (to - from > widest.right - widest.left) widest = { left: from, right: to };
  }
  return widest;
}

function drawStage(stage: TimelineStage, { left, right, top }: BarPlace, context: MarkDrawing): void {
  const { surface, palette, x, now } = context;
  const from = Math.round(Math.min(Math.max(x(stage.start), left), right));
  const to = Math.round(Math.min(Math.max(x(stage.end ?? Math.max(now, stage.start)), left), right));
  if (to - from < 1) return;
  const { height, opacity, dash } = stageLooks[stage.stage];
  const color = palette.stages[stage.stage];
  surface.rectangle(from, top + (barHeight - height) / 2, to - from, height, {
    fill: color,
    opacity: palette.isHighContrast && height === barHeight ? 0 : opacity,
    // Between so close edges dashes can't be seen, and they are slow to draw.
    stroke: { color, width: 1, ...(dash === undefined || to - from < 8 ? {} : { dash }) },
  });
}

/** The bead's id, its retries and as much of its title as there is room for. */
function drawText(
  bar: TimelineBar,
  left: number,
  right: number,
  middle: number,
  { surface, palette }: MarkDrawing,
): void {
  const style = { size: fontSize, color: palette.foreground };
  let x = left;
  let end = right;
  if (bar.retries > 0) {
    const retries = `↻${bar.retries}`;
    const small = { size: smallFontSize, color: palette.foreground };
    const own = surface.measure(retries, small);
    if (end - x >= own + 40) {
      surface.text(retries, end - own, middle, small);
      end -= own + 6;
    }
  }
  const id = fitting(displayText(bar.beadId, 100), end - x, surface);
  if (id === "") return;
  surface.text(id, x, middle, style);
  x += surface.measure(id, style) + 7;
  if (end - x < 30 || id.endsWith("…")) return;
  const title = fitting(displayText(bar.title, 200), end - x, surface);
  if (title !== "") surface.text(title, x, middle, { ...style, color: palette.faded });
}

/** As much of the text as fits, with an ellipsis when that isn't all; empty when not even five characters do. */
export function fitting(text: string, width: number, surface: Pick<Surface, "measure">): string {
  const style = { size: fontSize };
  if (width < 12) return "";
  if (surface.measure(text, style) <= width) return text;
  const characters = Array.from(text);
  let low = 0;
  let high = characters.length;
  // Most characters are at least this wide: no need to measure far beyond.
  high = Math.min(high, Math.ceil(width / 2));
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (surface.measure(`${characters.slice(0, middle).join("")}…`, style) <= width) low = middle;
    else high = middle - 1;
  }
  return low < 5 ? "" : `${characters.slice(0, low).join("")}…`;
}
