// Draws into an SVG document. With any text, the document stays well-formed and contains no other element.
import { baseline, type Point, type Shape, type Stroke, type Surface, type TextStyle } from "./surface";

/** How wide a text is: the browser knows, an SVG document doesn't. */
export type Measure = Surface["measure"];

export class SvgSurface implements Surface {
  private readonly parts: string[] = [];
  private clips = 0;

  constructor(
    private readonly family: string,
    readonly measure: Measure,
  ) {}

  rectangle(x: number, y: number, width: number, height: number, shape: Shape): void {
    // Strokes lie inside, as on a canvas.
    const inset = (shape.stroke?.width ?? 0) / 2;
    const [left, top] = [number(x + inset), number(y + inset)];
    const size = `width="${number(Math.max(0, width - 2 * inset))}" height="${number(Math.max(0, height - 2 * inset))}"`;
    this.parts.push(`<rect x="${left}" y="${top}" ${size}${strokeAndFill(shape)}/>`);
  }

  lines(points: readonly Point[], stroke: Stroke): void {
    this.parts.push(`<polyline points="${coordinates(points)}"${strokeAndFill({ stroke })}/>`);
  }

  polygon(points: readonly Point[], shape: Shape): void {
    this.parts.push(`<polygon points="${coordinates(points)}"${strokeAndFill(shape)}/>`);
  }

  circle(x: number, y: number, radius: number, shape: Shape): void {
    this.parts.push(`<circle cx="${number(x)}" cy="${number(y)}" r="${number(radius)}"${strokeAndFill(shape)}/>`);
  }

  text(text: string, x: number, y: number, { color, size, align = "left", isBold = false }: TextStyle): void {
    const anchor = { left: "start", center: "middle", right: "end" }[align];
    const weight = isBold ? ` font-weight="600"` : "";
    const attributes = `font-size="${number(size)}" text-anchor="${anchor}"${weight}`;
    this.parts.push(
      `<text x="${number(x)}" y="${number(y + baseline(size))}" fill="${escapeXml(color)}" ${attributes}>${escapeXml(text)}</text>`,
    );
  }

  clipped(x: number, y: number, width: number, height: number, paintInside: () => void): void {
    const id = `clip${this.clips++}`;
    const area = `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"`;
    this.parts.push(`<clipPath id="${id}"><rect ${area}/></clipPath><g clip-path="url(#${id})">`);
    paintInside();
    this.parts.push("</g>");
  }

  document(width: number, height: number, title: string): string {
    const [w, h] = [number(width), number(height)];
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="${escapeXml(this.family)}">`,
      `<title>${escapeXml(title)}</title>`,
      ...this.parts,
      "</svg>\n",
    ].join("\n");
  }
}

/** What XML can't hold at all becomes the replacement character. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;");
}

function strokeAndFill({ fill, opacity, stroke }: Shape): string {
  const filled = fill === undefined ? ` fill="none"` : ` fill="${escapeXml(fill)}"`;
  const tinted = fill === undefined || opacity === undefined ? "" : ` fill-opacity="${number(opacity)}"`;
  if (stroke === undefined) return filled + tinted;
  const dash = stroke.dash === undefined ? "" : ` stroke-dasharray="${stroke.dash.map(number).join(" ")}"`;
  return `${filled}${tinted} stroke="${escapeXml(stroke.color)}" stroke-width="${number(stroke.width)}"${dash}`;
}

function coordinates(points: readonly Point[]): string {
  return points.map(([x, y]) => `${number(x)},${number(y)}`).join(" ");
}

function number(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : "0";
}
