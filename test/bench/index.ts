// npm run bench [-- --rows 10,1000] [--against "CMD ARG…"]: prints what things cost, at each size, beside a plain reference.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { measurePeer, type PeerOperation } from "./against";
import { beadId, firstWith } from "./ledgers";
import type { Measure } from "./measure";
import { measureMemory, measureStore, type Line } from "./store";

interface Column {
  readonly rows: number;
  readonly lines: readonly Line[];
  readonly memory: number;
  readonly peer: Partial<Record<string, Measure>>;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rows: { type: "string", default: "10,100,1000,10000,50000" }, against: { type: "string" } },
  });
  const peer = values.against?.split(" ").filter((word) => word !== "");
  const columns: Column[] = [];
  for (const rows of values.rows.split(",").map(Number)) columns.push(await measureSize(rows, peer));
  print(columns);
}

async function measureSize(rows: number, peer: readonly string[] | undefined): Promise<Column> {
  const storage = fs.mkdtempSync(path.join(os.tmpdir(), "ntm-bench-"));
  try {
    const lines = await measureStore(storage, rows);
    const memory = await measureMemory(storage);
    const operations: readonly PeerOperation[] = peer === undefined ? [] : ["load", "transition"];
    const measures: Partial<Record<string, Measure>> = {};
    for (const operation of operations) {
      measures[operation] = await measurePeer(peer ?? [], operation, storage, "bench", beadId(firstWith("failed")));
    }
    return { rows, lines, memory, peer: measures };
  } finally {
    fs.rmSync(storage, { recursive: true, force: true });
  }
}

/** One line a measure, one column a size: the median, its spread, how often the reference's time it is, and the peer's. */
function print(columns: readonly Column[]): void {
  const header = ["rows", ...columns.map(({ rows }) => rows.toLocaleString("en"))];
  const names = columns[0]?.lines.map(({ name }) => name) ?? [];
  const body = names.map((name) => [name, ...columns.map((column) => cell(column, name))]);
  const memory = ["memory of a store", ...columns.map((column) => `${(column.memory / 1e6).toFixed(1)} MB`)];
  const table = [header, ...body, memory];
  const widths = header.map((_, index) => Math.max(...table.map((line) => line[index]?.length ?? 0)));
  for (const line of table)
    console.log(
      line
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  console.log(
    "\nmedian ± spread in ms, × the plain reference (JSON.parse, JSON.stringify, two fsynced writes) of the same run",
  );
}

function cell({ lines, peer }: Column, name: string): string {
  const line = lines.find((candidate) => candidate.name === name);
  if (line === undefined) return "";
  const { median, spread } = line.measure;
  const ratio = line.reference === undefined ? "" : ` ×${(median / line.reference.median).toFixed(2)}`;
  const against = peer[name];
  const peerRatio =
    against === undefined ? "" : ` (peer ${against.median.toFixed(2)}, ×${(median / against.median).toFixed(2)})`;
  return `${median.toFixed(2)} ±${spread.toFixed(2)}${ratio}${peerRatio}`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
