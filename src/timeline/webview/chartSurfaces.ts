// The elements of the chart, and the surfaces of its two canvases.
import { CanvasSurface } from "./canvasSurface";

export interface ChartElements {
  /** Scrolls the lanes. */
  readonly scroller: HTMLElement;
  /** Stays in place over what is scrolled. */
  readonly plot: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly axis: HTMLCanvasElement;
}

export interface ChartSurfaces {
  readonly plot: CanvasSurface;
  readonly axis: CanvasSurface;
}

/** @throws where the browser has no canvas */
export function surfacesOf({ canvas, axis }: ChartElements, font: string): ChartSurfaces {
  return { plot: surfaceOf(canvas, font), axis: surfaceOf(axis, font) };
}

function surfaceOf(canvas: HTMLCanvasElement, font: string): CanvasSurface {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser has no canvas to paint on.");
  return new CanvasSurface(context, font);
}

/** Scrolls as little as reveals a lane. @param top where the lane begins in what is scrolled, in CSS pixels */
export function scrollTo(scroller: HTMLElement, top: number, height: number): void {
  const visible = scroller.clientHeight;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + height > scroller.scrollTop + visible) scroller.scrollTop = top + height - visible;
}
