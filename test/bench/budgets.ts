// What DESIGN promises, next to what was measured. Budgets that are shares of ntm's own time need ntm beside them
// (`--against`); without it they are held against the quickest that ntm was seen to be on such a machine.
import { percentile, type Line } from "./line";

interface Budget {
  readonly line: string;
  /** The size for which it holds; every size when absent. */
  readonly rows?: number;
  /** The rows make no difference: each size is a sample of the same, and their median counts. */
  readonly isSampled?: true;
  readonly most: number;
  /** Set for a share of the peer's time: what that is when there is no peer; `undefined` when nobody knows. */
  readonly peerElse?: { readonly value: number | undefined };
}

const budgets: readonly Budget[] = [
  { line: "load", rows: 10_000, most: 0.45, peerElse: { value: 90 } },
  { line: "transition", rows: 10_000, most: 0.5, peerElse: { value: undefined } },
  { line: "transition", rows: 10, most: 1.3, peerElse: { value: 1.1 } },
  { line: "first paint of the root", rows: 10_000, most: 50 },
  { line: "unfolding the first pane", rows: 10_000, most: 20 },
  { line: "foreign save to tree, p95", rows: 1000, most: 50 },
  { line: "nodes painted anew", most: 3 },
  { line: "activation", most: 15, isSampled: true },
  { line: "bundle", most: 120 },
  { line: "  loaded at activation", most: 120 },
];

/** Such as `≤ 50 at 1,000: met`; empty for a line that nothing is promised of. */
export function verdicts(name: string, linesBySize: ReadonlyMap<number, Line | undefined>): string {
  return budgets
    .filter(({ line }) => line === name)
    .flatMap((budget) => {
      const sizes = budget.rows === undefined ? [...linesBySize.keys()] : [budget.rows];
      const lines = sizes.flatMap((size) => linesBySize.get(size) ?? []);
      return lines.length === 0 ? [] : [verdict(budget, lines)];
    })
    .join("; ");
}

function verdict(budget: Budget, lines: readonly Line[]): string {
  const { rows, most, isSampled = false, peerElse } = budget;
  const place = rows === undefined ? "" : ` at ${rows.toLocaleString("en")}`;
  const limits = lines.map((line) => limit(budget, line));
  const share = peerElse === undefined ? "" : `${most} × ntm`;
  if (limits.includes(undefined)) return `≤ ${share}${place}: unknown without it`;
  const values = lines.map(({ value }) => value);
  const judged = isSampled ? [percentile(values, 0.5)] : values;
  const isMet = judged.every((value, index) => value <= (limits[index] ?? 0));
  const amount = (limits[0] ?? 0).toLocaleString("en", { maximumFractionDigits: 2 });
  return `≤ ${share === "" ? amount : `${share} (${amount})`}${place}: ${isMet ? "met" : "NOT MET"}`;
}

function limit({ most, peerElse }: Budget, line: Line): number | undefined {
  if (peerElse === undefined) return most;
  const peer = line.peer ?? peerElse.value;
  return peer === undefined ? undefined : most * peer;
}
