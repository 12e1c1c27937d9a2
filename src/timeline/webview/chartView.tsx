// The chart with its panes, its axis and its keyboard handling.
import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { TimelineBar, TimelineData } from "../messages";
import type { TimelineStrings } from "../strings";
import { Chart } from "./chart";
import { lanesById, barAnnouncement, type TooltipContext } from "./tooltipLines";
import { actionOf, type ChartAction } from "./keyboard";
import { LaneLabels, titleOf } from "./laneLabels";
import type { Layout, PlacedBar } from "./layout";
import type { Palette } from "./palette";
import type { TimeFormats } from "./ticks";
import type { TimeRange } from "./timeRange";
import { Tooltip, type TooltipContent } from "./tooltip";

export interface ChartViewProperties {
  readonly data: TimelineData;
  readonly layout: Layout;
  readonly strings: TimelineStrings;
  readonly formats: TimeFormats;
  readonly palette: Palette;
  readonly initial: { readonly range: TimeRange | undefined; readonly scrollTop: number };
  /** A bead to reveal; a new object each time. */
  readonly sought: { readonly beadId: string } | undefined;
  readonly chartRef: (chart: Chart | undefined) => void;
  readonly onOpen: (bar: TimelineBar, what: "reveal" | "history") => void;
  readonly onRange: (range: TimeRange | undefined) => void;
  readonly onScroll: (scrollTop: number) => void;
}

const zoomStep = 1.5;
const panStep = 0.2;

export function ChartView(properties: ChartViewProperties): VNode {
  const { data, layout, strings, formats, palette, initial, sought } = properties;
  const scroller = useRef<HTMLDivElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const axis = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Chart>(undefined);
  const latest = useRef(properties);
  latest.current = properties;
  const [sight, setSight] = useState({ scrollTop: initial.scrollTop, height: 0 });
  const [tooltip, setTooltip] = useState<TooltipContent>();
  const [focusedLane, setFocusedLane] = useState<number>();
  const [announcement, setAnnouncement] = useState("");
  const lanes = useMemo(() => lanesById(data), [data]);

  /** The tooltip of the bar selected with the keyboard, if it is visible. */
  const chosenTooltip = (): TooltipContent | undefined => {
    const place = chart.current?.locate();
    if (place === undefined || plot.current === null) return undefined;
    return { mark: place.mark, isChosen: true, ...inWindow(plot.current, place.point.x, place.point.y + 8) };
  };

  const updateSize = (): void => {
    const element = scroller.current;
    if (element === null) return;
    setSight({ scrollTop: element.scrollTop, height: element.clientHeight });
    setTooltip((shown) => (shown?.isChosen === true ? chosenTooltip() : undefined));
    latest.current.onScroll(element.scrollTop);
  };

  useLayoutEffect(() => {
    if (scroller.current === null || plot.current === null || canvas.current === null || axis.current === null) return;
    const elements = { scroller: scroller.current, plot: plot.current, canvas: canvas.current, axis: axis.current };
    elements.scroller.scrollTop = initial.scrollTop;
    const listener = {
      onPoint: (mark: TooltipContent["mark"] | undefined, { x, y }: { x: number; y: number }) => {
        setTooltip(mark === undefined ? undefined : { mark, ...inWindow(elements.plot, x, y) });
      },
      onOpen: (bar: TimelineBar, what: "reveal" | "history") => {
        latest.current.onOpen(bar, what);
      },
      onRange: (range: TimeRange | undefined) => {
        setTooltip(undefined);
        latest.current.onRange(range);
      },
    };
    const made = new Chart(elements, { data, layout, formats, palette }, listener, initial.range);
    chart.current = made;
    latest.current.chartRef(made);
    const observer = new ResizeObserver(updateSize);
    observer.observe(elements.scroller);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = undefined;
      latest.current.chartRef(undefined);
    };
  }, []);

  useLayoutEffect(() => {
    chart.current?.show({ data, layout, formats, palette });
  }, [data, layout, formats, palette]);

  const context = (): TooltipContext => ({ lanes, strings, formats, now: chart.current?.now ?? data.now });

  const choose = (placed: PlacedBar): void => {
    chart.current?.select(placed);
    setTooltip(chosenTooltip());
    setAnnouncement(barAnnouncement(placed, context()));
  };

  useEffect(() => {
    if (sought === undefined) return;
    for (const lane of layout.lanes) {
      const found = lane.rows.flat().findLast(({ bar }) => bar.beadId === sought.beadId);
      if (found === undefined) continue;
      focusLane(lane.index);
      choose(found);
      return;
    }
  }, [sought]);

  const focusLane = (index: number): void => {
    const lane = layout.lanes[index];
    if (lane === undefined) return;
    setFocusedLane(index);
    chart.current?.focusLane(index);
    setAnnouncement(titleOf(lane, strings));
  };

  const selectedBar = (): TimelineBar | undefined => data.bars.find(({ id }) => id === chart.current?.selection);

  const perform = (action: ChartAction): void => {
    const current = chart.current;
    if (current === undefined) return;
    switch (action) {
      case "zoomIn":
        current.zoom(zoomStep);
        return;
      case "zoomOut":
        current.zoom(1 / zoomStep);
        return;
      case "earlier":
        current.pan(-panStep);
        return;
      case "later":
        current.pan(panStep);
        return;
      case "showAll":
        current.showAll();
        return;
      case "previousLane":
      case "nextLane": {
        const step = action === "nextLane" ? 1 : -1;
        current.select(undefined);
        setTooltip(undefined);
        const from = focusedLane ?? (step === 1 ? -1 : layout.lanes.length);
        focusLane(Math.min(Math.max(from + step, 0), layout.lanes.length - 1));
        return;
      }
      case "previousBar":
      case "nextBar": {
        if (focusedLane === undefined) focusLane(0);
        const placed = current.neighbour(action === "nextBar" ? 1 : -1);
        if (placed !== undefined) choose(placed);
        return;
      }
      case "reveal":
      case "showHistory": {
        const bar = selectedBar();
        if (bar !== undefined) properties.onOpen(bar, action === "reveal" ? "reveal" : "history");
        return;
      }
      case "dismiss":
        current.select(undefined);
        setTooltip(undefined);
        return;
    }
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const action = actionOf(event);
    if (action === undefined) return;
    event.preventDefault();
    perform(action);
  };

  return (
    <div
      class="chart"
      role="application"
      tabIndex={0}
      aria-label={strings.chart}
      aria-describedby="chart-help"
      onKeyDown={onKeyDown}
    >
      <div id="chart-help" class="unseen">
        {strings.chartHelp}
      </div>
      <div class="unseen" role="status">
        {announcement}
      </div>
      <div class="head">
        <div class="corner">{strings.lanes}</div>
        <div class="axis">
          <canvas ref={axis} aria-hidden="true" />
        </div>
      </div>
      <div ref={scroller} class="scroller" onScroll={updateSize} tabIndex={-1}>
        <div class="stage">
          <LaneLabels layout={layout} strings={strings} focusedLane={focusedLane} {...sight} />
          <div ref={plot} class="plot">
            <canvas ref={canvas} aria-hidden="true" />
          </div>
        </div>
        <div style={{ height: `calc(${layout.height}px - 100%)` }} />
      </div>
      {tooltip !== undefined && <Tooltip content={tooltip} context={context()} />}
    </div>
  );
}

function inWindow(element: HTMLElement, x: number, y: number): { x: number; y: number } {
  const { left, top } = element.getBoundingClientRect();
  return { x: left + x, y: top + y };
}
