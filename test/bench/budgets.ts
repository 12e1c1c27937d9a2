// The budgets, compared with the measurements. Budgets that are shares of ntm's time need ntm (`--against`); without
// it, the best time measured for ntm on such a machine is used.
import { percentile, type Line } from "./line";

interface Budget {
  readonly line: string;
  /** The size for which it holds; every size when absent. */
  readonly rows?: number;
  /** Whether the number of rows makes no difference: then the median of all sizes counts. */
  readonly isSampled?: true;
  readonly most: number;
  /** For a share of the peer's time: that time if there is no peer; `undefined` if unknown. */
  readonly peerElse?: { readonly value: number | undefined };
}

const budgets: readonly Budget[] = [
  { line: "load", rows: 10_000, most: 0.35, peerElse: { value: 90 } },
  { line: "load", rows: 10, most: 1 },
  { line: "transition", rows: 10_000, most: 0.15, peerElse: { value: undefined } },
  { line: "transition", rows: 10, most: 1.2, peerElse: { value: 1.1 } },
  { line: "first render of the root", rows: 10_000, most: 15 },
  { line: "expanding the first pane", rows: 10_000, most: 15 },
  { line: "refresh after one changed row", rows: 1000, most: 2 },
  { line: "refresh after one changed row", rows: 10_000, most: 12 },
  { line: "foreign save to tree, p95", rows: 1000, most: 15 },
  { line: "foreign save to tree, p95", rows: 10_000, most: 70 },
  { line: "save to painted row, p95", most: 150 },
  { line: "painted row behind a busy ledger, longest", most: 600 },
  { line: "waiting agent to painted row, p50", most: 300 },
  { line: "nodes refreshed", most: 3 },
  { line: "activation", most: 15, isSampled: true },
  { line: "join, first look", rows: 10_000, most: 2 },
  { line: "join, every pane changed", rows: 10_000, most: 2 },
  { line: "join, nothing changed", rows: 10_000, most: 2 },
  { line: "ask tmux, the thread's part", most: 5 },
  { line: "processes per look", most: 1 },
  { line: "hook of an agent", most: 15 },
  { line: "10,000 files, 500 patterns", most: 100 },
  { line: "command to the start of ntm", most: 30 },
  { line: "issues.jsonl of 20 MB", most: 300 },
  { line: "Ready with 10,000 beads, from br's answer", most: 150 },
  { line: "bundle", most: 300 },
  { line: "journal, 100,000 events opened", most: 300 },
  { line: "journal, burst of 1,000", most: 20 },
  { line: "timeline, first picture of 1,000", most: 100 },
  { line: "timeline, frame of 10,000, p95", most: 16 },
];

/** Such as `≤ 50 at 1,000: met`; empty for a line without a budget. */
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
