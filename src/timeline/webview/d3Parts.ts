// Replaces d3-transition and d3-interpolate, which d3-zoom and d3-scale import whole: the chart makes no transitions of
// d3's, and its scale has only numbers to interpolate. The libraries weigh a quarter of the page. Named by esbuild.js.

/** Of d3-transition. There is nothing to interrupt. */
export function interrupt(): void {
  // Nothing runs.
}

/** Of d3-interpolate. */
export function interpolateNumber(from: number, to: number): (part: number) => number {
  return (part) => from * (1 - part) + to * part;
}

/** Of d3-interpolate, which would take values of any kind. */
export function interpolate(from: number, to: number): (part: number) => number {
  return interpolateNumber(from, to);
}

export function interpolateRound(from: number, to: number): (part: number) => number {
  return (part) => Math.round(interpolateNumber(from, to)(part));
}

/** The default of d3-zoom for its transitions. */
export function interpolateZoom(): never {
  throw new Error("The timeline makes no transitions of d3's.");
}

/** For scales of colours. */
export function piecewise(): never {
  throw new Error("The timeline's scale is one of times.");
}
