// The text about a bar: the same in the tooltip, for screen readers and in the table.
import type { TimelineData, TimelineLane } from "../messages";
import { fill, type TimelineStrings } from "../strings";
import type { PlacedBar } from "./layout";
import { endOf, type Mark } from "./marks";
import type { TimeFormats } from "./ticks";

export interface TooltipLine {
  readonly name: string;
  readonly value: string;
}

export interface TooltipContext {
  readonly lanes: ReadonlyMap<string, TimelineLane>;
  readonly strings: TimelineStrings;
  readonly formats: TimeFormats;
  readonly now: number;
}

export function lanesById({ lanes }: TimelineData): ReadonlyMap<string, TimelineLane> {
  return new Map(lanes.map((lane) => [lane.id, lane]));
}

/** How long something lasted, in its two largest units. */
export function duration(milliseconds: number, strings: TimelineStrings): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), strings.days],
    [Math.floor(seconds / 3_600) % 24, strings.hours],
    [Math.floor(seconds / 60) % 60, strings.minutes],
    [seconds % 60, strings.seconds],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  if (first === -1) return fill(strings.seconds, 0);
  return parts
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, template]) => fill(template, value))
    .join(" ");
}

export function tooltipLines(
  placed: PlacedBar,
  { lanes, strings, formats, now }: TooltipContext,
): readonly TooltipLine[] {
  const { bar, start, end } = placed;
  const lane = lanes.get(bar.lane);
  const facts: TooltipLine[] = [];
  if (lane !== undefined) facts.push({ name: strings.pane, value: laneName(lane) });
  facts.push({ name: strings.start, value: formats.full(new Date(start)) });
  if (end !== undefined) facts.push({ name: strings.end, value: formats.full(new Date(end)) });
  for (const stage of bar.stages) {
    const length = (stage.end ?? Math.max(now, stage.start)) - stage.start;
    facts.push({ name: strings.stages[stage.stage], value: duration(length, strings) });
  }
  if (bar.stages.length > 1) {
    facts.push({ name: strings.total, value: duration(endOf(placed, now) - start, strings) });
  }
  facts.push({ name: strings.outcome, value: strings.outcomes[bar.outcome] });
  if (bar.retries > 0) facts.push({ name: strings.retries, value: String(bar.retries) });
  if (bar.reason !== undefined) facts.push({ name: strings.reason, value: displayText(bar.reason) });
  return facts;
}

/** How many of the bars of a block ended in which way. */
export function blockTooltipLines({ bars }: Mark, { strings }: TooltipContext): readonly TooltipLine[] {
  const counts = new Map<string, number>();
  for (const { bar } of bars) {
    const name = strings.outcomes[bar.outcome];
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ name, value: String(count) }));
}

export function laneName({ label, agent }: TimelineLane): string {
  return displayText(agent === "" ? label : `${label} · ${agent}`, 120);
}

/** One sentence of it all, for screen readers. */
export function barAnnouncement(placed: PlacedBar, context: TooltipContext): string {
  const facts = tooltipLines(placed, context).map(({ name, value }) => `${name} ${value}`);
  return [displayText(placed.bar.beadId), displayText(placed.bar.title), ...facts].join(", ");
}

/** Control characters, line and paragraph separators, characters that reorder or hide text, halves of surrogate pairs. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** The text as one line of at most `maxLength` UTF-16 units, without what can't be seen. */
export function displayText(text: string, maxLength = 300): string {
  const line = text
    .slice(0, maxLength * 2)
    .replace(unprintable, " ")
    .trim();
  if (line.length <= maxLength) return line;
  // A pair that the cut would halve goes as a whole.
  return `${line.slice(0, maxLength - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
