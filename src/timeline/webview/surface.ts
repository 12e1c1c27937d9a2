// The target of drawing: the screen or an SVG document. Coordinates and sizes are in CSS pixels.

export interface Stroke {
  readonly color: string;
  readonly width: number;
  readonly dash?: readonly number[];
}

export interface Shape {
  readonly fill?: string;
  /** Of the fill, from 0 to 1. */
  readonly opacity?: number;
  readonly stroke?: Stroke;
}

export interface TextStyle {
  readonly color: string;
  readonly size: number;
  readonly align?: "left" | "center" | "right";
  readonly isBold?: boolean;
}

export type Point = readonly [x: number, y: number];

export interface Surface {
  rectangle(x: number, y: number, width: number, height: number, shape: Shape): void;
  /** Straight lines from point to point. */
  lines(points: readonly Point[], stroke: Stroke): void;
  polygon(points: readonly Point[], shape: Shape): void;
  circle(x: number, y: number, radius: number, shape: Shape): void;
  /** `y` is the middle of the line of text. */
  text(text: string, x: number, y: number, style: TextStyle): void;
  /** Paints nothing outside the rectangle while `draw` runs. */
  clipped(x: number, y: number, width: number, height: number, draw: () => void): void;
  measure(text: string, style: Pick<TextStyle, "size" | "isBold">): number;
}

/** The font as CSS writes it. */
export function fontOf({ size, isBold = false }: Pick<TextStyle, "size" | "isBold">, family: string): string {
  return `${isBold ? "600 " : ""}${size}px ${family}`;
}

/** How far the baseline lies under the middle of a line: what browsers take for the middle differs by a pixel. */
export function baseline(size: number): number {
  return size * 0.35;
}
