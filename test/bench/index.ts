// npm run bench [-- --rows 10,1000] [--only store|host|bundle] [--release oldest] [--against "CMD ARG…"] [--soak]
// Prints what things cost, at each size, beside a plain reference and the budgets; with --soak, how the extension stands up
// to a storm of saves, many sessions, a very large one, and a long day.
import * as os from "node:os";
import { parseArgs } from "node:util";
import { endWhenOrphaned } from "../support/orphan";
import { isReleaseName, releases, type Release } from "../support/vscode/releases";
import { measureBundlePart } from "./bundlePart";
import { soakParts } from "./host/task";
import { measureInHost } from "./hostPart";
import { measureStorePart } from "./storePart";
import { growthTable, listing, measureTable, type Column } from "./table";

const parts = ["store", "host", "bundle"] as const;
type Part = (typeof parts)[number];

async function main(): Promise<void> {
  endWhenOrphaned();
  const { values } = parseArgs({
    options: {
      rows: { type: "string", default: "10,100,1000,10000,50000" },
      only: { type: "string" },
      release: { type: "string", default: "newest" },
      against: { type: "string" },
      soak: { type: "boolean", default: false },
    },
  });
  if (!isReleaseName(values.release)) throw new Error(`--release is one of: ${Object.keys(releases).join(", ")}`);
  const release = releases[values.release];
  const wanted = values.only === undefined ? parts : parts.filter((part) => part === values.only);
  const sizes = values.rows.split(",").map(Number);
  const peer = values.against?.split(" ").filter((word) => word !== "");
  console.log(machine(release));
  // First of all, for the host runs the bundle that this makes.
  const bundle = await measureBundlePart();
  if (wanted.includes("bundle")) console.log(`\n${listing(bundle)}`);
  if (values.soak) {
    await soak(release);
    return;
  }
  const columns: Column[] = [];
  for (const rows of sizes) columns.push({ rows, lines: await measureSize(rows, wanted, release, peer) });
  console.log(`\n${measureTable(columns)}\n\n${growthTable(columns)}\n\n${legend}\n${machine(release)}`);
}

const legend = `median ± spread in ms, × the plain way in the same run:
  decode, painting: JSON.parse; encode: JSON.stringify; load: one copy read and parsed;
  save: JSON.stringify and two fsynced writes; a change, the way to the tree: load, change a row, save;
  activation: to compile the same code`;

async function measureSize(
  rows: number,
  wanted: readonly Part[],
  release: Release,
  peer: readonly string[] | undefined,
): Promise<Column["lines"]> {
  const store = wanted.includes("store") ? await measureStorePart(rows, peer) : [];
  if (!wanted.includes("host")) return store;
  const { lines } = await measureInHost(release, { kind: "views", rows, saves: rows >= 10_000 ? 60 : 200 });
  return [...store, ...lines];
}

async function soak(release: Release): Promise<void> {
  for (const part of soakParts) {
    const { lines, findings } = await measureInHost(release, { kind: "soak", part });
    console.log(`\n${part}\n${listing(lines)}`);
    for (const { text, isKept } of findings) console.log(`${isKept ? "kept" : "NOT KEPT"}: ${text}`);
    if (findings.some(({ isKept }) => !isKept)) process.exitCode = 1;
  }
  console.log(`\n${machine(release)}`);
}

/** What the numbers came from, and whether it was quiet there. */
function machine({ vscode }: Release): string {
  const [cpu] = os.cpus();
  const [load = 0] = os.loadavg();
  return `${os.cpus().length} × ${cpu?.model ?? "?"}, load ${load.toFixed(1)}; Node ${process.version}; VS Code ${vscode}`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
