// Draws on a canvas, at every pixel density.
import { baseline, fontOf, type Point, type Shape, type Stroke, type Surface, type TextStyle } from "./surface";

const solid: readonly number[] = [];

export class CanvasSurface implements Surface {
  private readonly widths = new Map<string, number>();
  private font = "";
  private dash: readonly number[] = solid;

  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly family: string,
  ) {}

  /** Makes the canvas this large, in CSS pixels, and empty. */
  begin(width: number, height: number, density: number): void {
    const { canvas } = this.context;
    const [pixelWidth, pixelHeight] = [Math.round(width * density), Math.round(height * density)];
    if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
      canvas.width = pixelWidth;
      canvas.height = pixelHeight;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    this.font = "";
    this.dash = solid;
    this.context.setLineDash([]);
    this.context.setTransform(density, 0, 0, density, 0, 0);
    this.context.clearRect(0, 0, width, height);
  }

  rectangle(x: number, y: number, width: number, height: number, { fill, opacity = 1, stroke }: Shape): void {
    if (fill !== undefined) {
      this.fillWith(fill, opacity);
      this.context.fillRect(x, y, width, height);
      this.context.globalAlpha = 1;
    }
    if (stroke !== undefined) {
      this.strokeWith(stroke);
      const inset = stroke.width / 2;
      this.context.strokeRect(x + inset, y + inset, width - stroke.width, height - stroke.width);
    }
  }

  lines(points: readonly Point[], stroke: Stroke): void {
    this.trace(points);
    this.strokeWith(stroke);
    this.context.stroke();
  }

  polygon(points: readonly Point[], shape: Shape): void {
    this.trace(points);
    this.context.closePath();
    this.finish(shape);
  }

  circle(x: number, y: number, radius: number, shape: Shape): void {
    this.context.beginPath();
    this.context.arc(x, y, radius, 0, 2 * Math.PI);
    this.finish(shape);
  }

  text(text: string, x: number, y: number, style: TextStyle): void {
    this.useFont(style);
    this.context.fillStyle = style.color;
    this.context.textAlign = style.align ?? "left";
    this.context.textBaseline = "alphabetic";
    this.context.fillText(text, x, y + baseline(style.size));
  }

  clipped(x: number, y: number, width: number, height: number, draw: () => void): void {
    this.context.save();
    this.context.beginPath();
    this.context.rect(x, y, width, height);
    this.context.clip();
    draw();
    this.context.restore();
    // The context has forgotten what was set inside.
    this.font = "";
    this.context.setLineDash([...this.dash]);
  }

  measure(text: string, style: Pick<TextStyle, "size" | "isBold">): number {
    const key = `${style.size} ${style.isBold === true ? "b" : ""} ${text}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    this.useFont(style);
    const { width } = this.context.measureText(text);
    if (this.widths.size > 20_000) this.widths.clear();
    this.widths.set(key, width);
    return width;
  }

  private useFont(style: Pick<TextStyle, "size" | "isBold">): void {
    const font = fontOf(style, this.family);
    // Setting it is slow, even to what it is.
    if (font === this.font) return;
    this.context.font = font;
    this.font = font;
  }

  private trace(points: readonly Point[]): void {
    this.context.beginPath();
    for (const [x, y] of points) this.context.lineTo(x, y);
  }

  private finish({ fill, opacity = 1, stroke }: Shape): void {
    if (fill !== undefined) {
      this.fillWith(fill, opacity);
      this.context.fill();
      this.context.globalAlpha = 1;
    }
    if (stroke === undefined) return;
    this.strokeWith(stroke);
    this.context.stroke();
  }

  private fillWith(fill: string, opacity: number): void {
    this.context.globalAlpha = opacity;
    this.context.fillStyle = fill;
  }

  private strokeWith({ color, width, dash = solid }: Stroke): void {
    this.context.strokeStyle = color;
    this.context.lineWidth = width;
    if (dash === this.dash) return;
    this.context.setLineDash([...dash]);
    this.dash = dash;
  }
}
