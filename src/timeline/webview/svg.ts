// The timeline as an SVG document: all lanes, in the visible time range.
import type { TimelineData } from "../messages";
import { fill, type TimelineStrings } from "../strings";
import { displayText } from "./tooltipLines";
import { barHeight, barTop, layoutOf } from "./layout";
import { axisHeight, drawAxis, drawPlot } from "./drawPlot";
import { fitting, fontSize } from "./drawMark";
import type { Palette } from "./palette";
import { pictureOf } from "./picture";
import { OffsetSurface } from "./offsetSurface";
import { SvgSurface, type Measure } from "./svgSurface";
import { axisOf, timeScale, type TimeFormats } from "./ticks";
import type { TimeRange } from "./timeRange";

export interface SvgParts {
  readonly data: TimelineData;
  readonly range: TimeRange;
  readonly now: number;
  /** Of the plot, in CSS pixels. */
  readonly width: number;
  readonly palette: Palette;
  readonly formats: TimeFormats;
  readonly strings: TimelineStrings;
  readonly measure: Measure;
}

const labelWidth = 200;
const margin = 12;

export function svgOf({ data, range, now, width, palette, formats, strings, measure }: SvgParts): string {
  const surface = new SvgSurface(palette.font, measure);
  const layout = layoutOf(data);
  const scale = timeScale(range, width);
  const x = (time: number): number => scale(time);
  const axis = axisOf(scale, formats, (label) => measure(label, { size: fontSize, isBold: true }));
  const plotTop = margin + axisHeight;
  const [left, fullWidth, fullHeight] = [
    margin + labelWidth,
    labelWidth + width + 2 * margin,
    plotTop + layout.height + margin,
  ];
  surface.rectangle(0, 0, fullWidth, fullHeight, { fill: palette.background });
  for (const lane of layout.lanes) {
    const label = fitting(displayText(`${lane.lane.label}  ${lane.lane.agent}`), labelWidth - margin, surface);
    const middle = plotTop + barTop(lane, 0) + barHeight / 2;
    surface.text(label, margin, middle, { size: fontSize, color: palette.foreground });
  }
  surface.clipped(left, margin, width, axisHeight, () => {
    drawAxis(new OffsetSurface(surface, left, margin), { axis, palette, x, now, width });
  });
  surface.clipped(left, plotTop, width, layout.height, () => {
    const picture = pictureOf({ layout, x, now, width, height: layout.height, scrollTop: 0 });
    const still = { hoveredBar: undefined, selectedBar: undefined, focusedLane: undefined };
    const plot = { picture, axis, palette, x, now, width, height: layout.height, scrollTop: 0, ...still };
    drawPlot(new OffsetSurface(surface, left, plotTop), plot);
  });
  return surface.document(fullWidth, fullHeight, fill(strings.title, displayText(data.session)));
}
