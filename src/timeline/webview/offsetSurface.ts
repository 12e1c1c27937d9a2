// Draws on another surface, offset to the right and down.
import type { Point, Shape, Stroke, Surface, TextStyle } from "./surface";

export class OffsetSurface implements Surface {
  constructor(
    private readonly surface: Surface,
    private readonly left: number,
    private readonly top: number,
  ) {}

  rectangle(x: number, y: number, width: number, height: number, shape: Shape): void {
    this.surface.rectangle(x + this.left, y + this.top, width, height, shape);
  }

  lines(points: readonly Point[], stroke: Stroke): void {
    this.surface.lines(points.map(this.moved), stroke);
  }

  polygon(points: readonly Point[], shape: Shape): void {
    this.surface.polygon(points.map(this.moved), shape);
  }

  circle(x: number, y: number, radius: number, shape: Shape): void {
    this.surface.circle(x + this.left, y + this.top, radius, shape);
  }

  text(text: string, x: number, y: number, style: TextStyle): void {
    this.surface.text(text, x + this.left, y + this.top, style);
  }

  clipped(x: number, y: number, width: number, height: number, draw: () => void): void {
    this.surface.clipped(x + this.left, y + this.top, width, height, draw);
  }

  measure(text: string, style: Pick<TextStyle, "size" | "isBold">): number {
    return this.surface.measure(text, style);
  }

  private readonly moved = ([x, y]: Point): Point => [x + this.left, y + this.top];
}
