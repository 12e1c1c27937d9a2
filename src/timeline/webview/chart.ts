// The chart on its two canvases. It draws at most once a frame, and only if something changed; the page around it
// isn't touched by panning and zooming.
import type { TimelineBar, TimelineData } from "../messages";
import { scrollTo, surfacesOf, type ChartElements, type ChartSurfaces } from "./chartSurfaces";
import { attachGestures, doubleClickMs, Glide } from "./gestures";
import type { Layout, PlacedBar } from "./layout";
import type { Mark } from "./marks";
import { axisHeight, drawAxis, drawPlot } from "./drawPlot";
import { fontSize } from "./drawMark";
import type { Palette } from "./palette";
import { markAt, neighbourOf, pictureOf, placeOf, type Picture } from "./picture";
import { axisOf, timeScale, type TimeFormats } from "./ticks";
import { following, kept, panned, wholeRange, zoomed, type TimeRange } from "./timeRange";

export interface ChartListener {
  /** @param point in the plot, in CSS pixels */
  onPoint(mark: Mark | undefined, point: { readonly x: number; readonly y: number }): void;
  onOpen(bar: TimelineBar, what: "reveal" | "history"): void;
  onRange(range: TimeRange | undefined): void;
}

export interface ChartContent {
  readonly data: TimelineData;
  readonly layout: Layout;
  readonly formats: TimeFormats;
  readonly palette: Palette;
}

export class Chart {
  private picture: Picture = { rows: [], lanes: [] };
  private surfaces: ChartSurfaces;
  private own: TimeRange | undefined;
  private whole: TimeRange;
  private offset = 0;
  private frame: number | undefined;
  private click: ReturnType<typeof setTimeout> | undefined;
  private hoveredBar: string | undefined;
  private selectedBar: string | undefined;
  private focusedLane: number | undefined;
  private lastNow: number;
  private readonly glide = new Glide(
    () => this.whole,
    (range) => {
      this.own = range;
      this.drawNow();
    },
  );
  private readonly ended = new AbortController();
  private readonly resized: ResizeObserver;
  private readonly ticking: ReturnType<typeof setInterval>;

  constructor(
    private readonly elements: ChartElements,
    private content: ChartContent,
    private readonly listener: ChartListener,
    range: TimeRange | undefined,
  ) {
    this.surfaces = surfacesOf(this.elements, this.content.palette.font);
    this.offset = content.data.now - Date.now();
    this.lastNow = this.now;
    this.whole = this.wholeNow();
    this.own = range === undefined ? undefined : kept(range, this.whole);
    this.listen();
    this.resized = new ResizeObserver(() => {
      this.drawNow();
    });
    this.resized.observe(elements.plot);
    this.ticking = setInterval(() => {
      this.tick();
    }, 500);
    this.requestDraw();
  }

  /** By the clock of the machine that keeps the ledger. */
  get now(): number {
    return Date.now() + this.offset;
  }

  get range(): TimeRange {
    return this.own ?? this.whole;
  }

  get width(): number {
    return this.elements.plot.clientWidth;
  }

  get selection(): string | undefined {
    return this.selectedBar;
  }

  show(content: ChartContent): void {
    const { palette } = this.content;
    this.content = content;
    if (palette !== content.palette) this.surfaces = surfacesOf(this.elements, this.content.palette.font);
    this.offset = content.data.now - Date.now();
    this.whole = this.wholeNow();
    this.requestDraw();
  }

  zoom(factor: number): void {
    const { from, to } = this.range;
    // The present time stays in place if it is visible.
    const around = this.now >= from && this.now <= to && this.own !== undefined ? this.now : (from + to) / 2;
    this.glideTo(kept(zoomed(this.range, factor, around, this.whole), this.whole));
  }

  /** @param part of the width; below 0 is earlier */
  pan(part: number): void {
    const { from, to } = this.range;
    this.glideTo(kept(panned(this.range, part * (to - from)), this.whole));
  }

  showAll(): void {
    this.glideTo(undefined);
  }

  focusLane(index: number | undefined): void {
    this.focusedLane = index;
    const lane = index === undefined ? undefined : this.content.layout.lanes[index];
    if (lane !== undefined) scrollTo(this.elements.scroller, lane.top, lane.height);
    this.requestDraw();
  }

  /** Selects a bar, or none, and reveals it. */
  select(placed: PlacedBar | undefined): void {
    this.selectedBar = placed?.bar.id;
    this.requestDraw();
    if (placed === undefined) return;
    const lane = this.content.layout.lanes.find(({ lane: { id } }) => id === placed.bar.lane);
    if (lane !== undefined) scrollTo(this.elements.scroller, lane.top, lane.height);
    const { from, to } = this.range;
    const end = placed.end ?? this.now;
    if (end < from || placed.start > to) {
      this.setRange(panned(this.range, (placed.start + end) / 2 - (from + to) / 2));
    }
  }

  /** Where the selected bar is drawn, if it is visible. */
  locate(): { mark: Mark; point: { x: number; y: number } } | undefined {
    this.drawNow();
    const place = this.selectedBar === undefined ? undefined : placeOf(this.picture, this.selectedBar);
    if (place === undefined) return undefined;
    return { mark: place.mark, point: { x: Math.min(Math.max(place.mark.left, 0) + 12, this.width), y: place.top } };
  }

  /** The bar before or after the selected one in the lane that has the focus; at first the last visible one. */
  neighbour(step: -1 | 1): PlacedBar | undefined {
    const lane = this.content.layout.lanes[this.focusedLane ?? 0];
    return lane === undefined ? undefined : neighbourOf(lane, this.selectedBar, step, this.range);
  }

  measure(text: string, isBold: boolean): number {
    return this.surfaces.plot.measure(text, { size: fontSize, isBold });
  }

  dispose(): void {
    clearInterval(this.ticking);
    clearTimeout(this.click);
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.glide.stop();
    this.resized.disconnect();
    this.ended.abort();
  }

  private listen(): void {
    const { plot, scroller } = this.elements;
    const { signal } = this.ended;
    attachGestures(plot, {
      range: () => this.range,
      whole: () => this.whole,
      width: () => this.width,
      isScrollable: () => scroller.scrollHeight > scroller.clientHeight,
      setRange: (range) => {
        this.setRange(range);
      },
      scrollBy: (pixels) => {
        scroller.scrollTop += pixels;
      },
    });
    scroller.addEventListener("scroll", () => { this.requestDraw(); }, { signal, passive: true }); // prettier-ignore
    plot.addEventListener("mousemove", (event) => { this.point(event); }, { signal }); // prettier-ignore
    plot.addEventListener("mouseleave", () => { this.leave(); }, { signal }); // prettier-ignore
    plot.addEventListener("click", (event) => { this.onClick(event); }, { signal }); // prettier-ignore
  }

  private point(event: MouseEvent): void {
    const { x, y, mark } = this.under(event);
    const hovered = event.buttons === 0 ? mark : undefined;
    this.elements.plot.style.cursor = event.buttons !== 0 ? "grabbing" : hovered === undefined ? "" : "pointer";
    const barId = hovered?.bars[0]?.bar.id;
    if (barId !== this.hoveredBar) {
      this.hoveredBar = barId;
      this.requestDraw();
    }
    this.listener.onPoint(hovered, { x, y });
  }

  private leave(): void {
    this.hoveredBar = undefined;
    this.listener.onPoint(undefined, { x: 0, y: 0 });
    this.requestDraw();
  }

  /** The first of two clicks must not move the page away from under the second. */
  private onClick(event: MouseEvent): void {
    const { mark } = this.under(event);
    clearTimeout(this.click);
    const [only, another] = mark?.bars ?? [];
    if (mark === undefined || only === undefined) return;
    if (another !== undefined) {
      this.zoomInto(mark);
      return;
    }
    this.selectedBar = only.bar.id;
    this.requestDraw();
    if (event.detail > 1) {
      this.listener.onOpen(only.bar, "history");
      return;
    }
    this.click = setTimeout(() => {
      this.listener.onOpen(only.bar, "reveal");
    }, doubleClickMs);
  }

  private zoomInto({ bars }: Mark): void {
    const { from, to } = wholeRange(bars, -Infinity);
    this.leave();
    this.glideTo(kept({ from, to }, this.whole));
  }

  private under(event: MouseEvent): { x: number; y: number; mark: Mark | undefined } {
    const { left, top } = this.elements.plot.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    return { x, y, mark: markAt(this.picture, x, y) };
  }

  private setRange(range: TimeRange): void {
    this.glide.stop();
    this.own = kept(range, this.whole);
    this.listener.onRange(this.own);
    this.requestDraw();
  }

  /** @param goal `undefined` is all there is */
  private glideTo(goal: TimeRange | undefined): void {
    this.listener.onRange(goal);
    this.glide.to(goal, this.range);
  }

  /** Moves on with the time, as far as that can be seen. */
  private tick(): void {
    if (document.hidden) return;
    const { now, lastNow } = this;
    const { from, to } = this.range;
    if ((now - lastNow) * (this.width / (to - from)) < 0.5) return;
    this.lastNow = now;
    this.whole = this.wholeNow();
    if (this.own !== undefined) this.own = following(this.own, lastNow, now);
    this.requestDraw();
  }

  private requestDraw(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.drawNow();
    });
  }

  private drawNow(): void {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.frame = undefined;
    const { plot, scroller, canvas } = this.elements;
    const { layout, palette, formats } = this.content;
    const [width, height, scrollTop] = [plot.clientWidth, plot.clientHeight, scroller.scrollTop];
    if (width <= 0) return;
    const scale = timeScale(this.range, width);
    const { from, to } = this.range;
    const perPixel = width / (to - from);
    const x = (time: number): number => (time - from) * perPixel;
    const now = this.now;
    this.picture = pictureOf({ layout, x, now, width, height, scrollTop });
    const axis = axisOf(scale, formats, (label) => this.surfaces.axis.measure(label, { size: fontSize, isBold: true }));
    const density = devicePixelRatio;
    this.surfaces.plot.begin(width, height, density);
    const { hoveredBar, selectedBar, focusedLane } = this;
    const marked = { hoveredBar, selectedBar, focusedLane };
    const painted = { picture: this.picture, axis, palette, x, now, width, height, scrollTop, ...marked };
    drawPlot(this.surfaces.plot, painted);
    this.surfaces.axis.begin(width, axisHeight, density);
    drawAxis(this.surfaces.axis, painted);
    canvas.dataset["marks"] = String(this.picture.rows.reduce((sum, { marks }) => sum + marks.length, 0));
  }

  private wholeNow(): TimeRange {
    return wholeRange(
      this.content.layout.lanes.flatMap(({ rows }) => rows.flat()),
      this.now,
    );
  }
}
