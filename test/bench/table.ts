// Formats the measurements as tables: the values, and how they grow with the rows.
import { verdicts } from "./budgets";
import type { Line } from "./line";

/** What was measured at one size. */
export interface Column {
  readonly rows: number;
  readonly lines: readonly Line[];
}

/** One line a measure, one column a size: the value, its spread, and how often the reference's and the peer's it is. */
export function measureTable(columns: readonly Column[]): string {
  const header = ["rows", ...columns.map(({ rows }) => count(rows)), "budget"];
  const body = namesOf(columns).map((name) => {
    const lines = new Map(columns.map((column) => [column.rows, lineIn(column, name)]));
    const { unit = "" } = [...lines.values()].find((line) => line !== undefined) ?? {};
    const label = unit === "ms" || unit === "count" ? name : `${name}, ${unit}`;
    return [label, ...[...lines.values()].map(cell), verdicts(name, lines)];
  });
  return aligned([header, ...body]);
}

/** The value of each size divided by that of the size before. */
export function growthTable(columns: readonly Column[]): string {
  const steps = columns.slice(1).map((column, index) => [columns[index], column] as const);
  const header = ["growth", ...steps.map(([from, to]) => `${count(from?.rows ?? 0)} → ${count(to.rows)}`)];
  const body = namesOf(columns).map((name) => [
    name,
    ...steps.map(([from, to]) => {
      const [before, after] = [from && lineIn(from, name), lineIn(to, name)];
      return before === undefined || after === undefined ? "" : `×${(after.value / before.value).toFixed(1)}`;
    }),
  ]);
  return aligned([header, ...body]);
}

export function listing(lines: readonly Line[]): string {
  return aligned(
    lines.map((line) => [line.name, `${amount(line)} ${line.unit}`, verdicts(line.name, new Map([[0, line]]))]),
  );
}

function cell(line: Line | undefined): string {
  if (line === undefined) return "";
  const { value, spread, reference, peer } = line;
  return [
    amount(line),
    spread === undefined ? "" : `±${spread.toFixed(2)}`,
    reference === undefined ? "" : `×${(value / reference).toFixed(2)}`,
    peer === undefined ? "" : `(peer ${peer.toFixed(2)}, ×${(value / peer).toFixed(2)})`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function amount({ value, unit }: Line): string {
  return unit === "count" ? count(value) : value.toFixed(unit === "ms" ? 2 : 1);
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function namesOf(columns: readonly Column[]): readonly string[] {
  return [...new Set(columns.flatMap(({ lines }) => lines.map(({ name }) => name)))];
}

function lineIn({ lines }: Column, name: string): Line | undefined {
  return lines.find((line) => line.name === name);
}

function aligned(table: readonly (readonly string[])[]): string {
  const widths = table.reduce<number[]>(
    (most, line) => line.map((text, at) => Math.max(most[at] ?? 0, text.length)),
    [],
  );
  return table
    .map((line) =>
      line
        .map((text, at) => text.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
