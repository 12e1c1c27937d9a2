// Zooming and panning with the pointer, by d3-zoom. The chart keeps the visible time range; d3's transform is
// derived from it before every gesture, so that there is one truth.
import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent } from "d3-zoom";
import { timeScale } from "./ticks";
import { longestSpan, shortestSpan, type TimeRange } from "./timeRange";

/** A second click that comes later than this is a click of its own. */
export const doubleClickMs = 250;

export interface GestureTarget {
  range(): TimeRange;
  whole(): TimeRange;
  /** Of the plot, in CSS pixels. */
  width(): number;
  /** Whether there are more lanes than fit, so that the wheel scrolls them. */
  isScrollable(): boolean;
  setRange(range: TimeRange): void;
  scrollBy(pixels: number): void;
}

/** What a transform is relative to. It stays the same for as long as the page, so that a gesture under way isn't disturbed. */
type Base = TimeRange;

export function attachGestures(element: HTMLElement, target: GestureTarget): void {
  const base: Base = target.whole();
  let draggedTo = 0;

  const behavior = zoom<HTMLElement, unknown>()
    .clickDistance(4)
    .extent(() => [
      [0, 0],
      [target.width(), element.clientHeight],
    ])
    .wheelDelta(({ deltaY, deltaMode, ctrlKey }) => {
      const pixels = deltaMode === WheelEvent.DOM_DELTA_LINE ? deltaY * 20 : deltaY;
      // A pinch on a touchpad comes as many small turns of the wheel with Ctrl.
      const isPinch = ctrlKey && Math.abs(pixels) < 30;
      return -pixels * (isPinch ? 0.01 : 0.003);
    })
    .filter((event: MouseEvent) => {
      if (event.type === "wheel") return isZooming(event as WheelEvent);
      return event.button === 0 && !event.ctrlKey;
    })
    .on("start", () => {
      draggedTo = 0;
    })
    .on("zoom", ({ transform, sourceEvent }: D3ZoomEvent<HTMLElement, unknown>) => {
      const [from, to] = transform.rescaleX(timeScale(base, target.width())).domain();
      if (from === undefined || to === undefined) return;
      target.setRange({ from: from.getTime(), to: to.getTime() });
      if (sourceEvent instanceof MouseEvent && sourceEvent.type === "mousemove") {
        target.scrollBy(draggedTo - transform.y);
        draggedTo = transform.y;
      }
    });

  function isZooming(event: WheelEvent): boolean {
    if (isSideways(event)) return false;
    return event.ctrlKey || event.metaKey || !target.isScrollable();
  }

  function sync(): void {
    const span = base.to - base.from;
    behavior.scaleExtent([span / longestSpan(target.whole()), span / shortestSpan]);
    const k = span / (target.range().to - target.range().from);
    const left = timeScale(base, target.width())(target.range().from);
    select(element).property("__zoom", zoomIdentity.translate(-left * k, 0).scale(k));
  }

  // Before d3's own listeners, which begin from the transform that they find.
  for (const type of ["wheel", "mousedown", "touchstart"]) {
    element.addEventListener(type, sync, { capture: true, passive: true });
  }
  select(element).call(behavior).on("dblclick.zoom", null);
  element.addEventListener(
    "wheel",
    (event) => {
      if (!isSideways(event)) return;
      event.preventDefault();
      const pixels = event.deltaX === 0 ? event.deltaY : event.deltaX;
      const { from, to } = target.range();
      const moved = (pixels / Math.max(1, target.width())) * (to - from);
      target.setRange({ from: from + moved, to: to + moved });
    },
    { passive: false },
  );
}

function isSideways({ shiftKey, deltaX, deltaY }: WheelEvent): boolean {
  return shiftKey || Math.abs(deltaX) > Math.abs(deltaY);
}

const glideMs = 120;

export class Glide {
  private frame: number | undefined;

  /**
   * @param whole all there is, which grows with the time
   * @param show shows a range, `undefined` being all there is
   */
  constructor(
    private readonly whole: () => TimeRange,
    private readonly show: (range: TimeRange | undefined) => void,
  ) {}

  /** @param goal `undefined` is all there is */
  to(goal: TimeRange | undefined, start: TimeRange): void {
    this.stop();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden) {
      this.show(goal);
      return;
    }
    const began = performance.now();
    const step = (): void => {
      const part = Math.min(1, (performance.now() - began) / glideMs);
      const { from, to } = goal ?? this.whole();
      const eased = 1 - (1 - part) ** 3;
      const range = { from: start.from + (from - start.from) * eased, to: start.to + (to - start.to) * eased };
      this.frame = part < 1 ? requestAnimationFrame(step) : undefined;
      this.show(part === 1 ? goal : range);
    };
    this.frame = requestAnimationFrame(step);
  }

  stop(): void {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.frame = undefined;
  }
}
