// npm run bench [-- --rows 10,1000] [--only PART,PART…] [--release oldest] [--against "CMD ARG…"] [--soak]
// Prints measurements for each size, with a plain reference and the budgets. --soak runs a storm of saves, many sessions, a very large
// session, and an hour of a swarm instead.
import * as os from "node:os";
import { parseArgs } from "node:util";
import { endWhenOrphaned } from "../support/orphan";
import { isReleaseName, releases, type Release } from "../support/vscode/releases";
import { measureBundlePart } from "./bundlePart";
import { soakParts } from "./host/task";
import { measureHistoryPart, measurePainted, measureTimelinePart } from "./historyPart";
import { measureInHost } from "./hostPart";
import { measureReservedFiles } from "./reservedFiles";
import { measureStorePart } from "./storePart";
import { measureAsking, measureHook, measureParse } from "./tmux";
import { growthTable, listing, measureTable, type Column } from "./table";

const parts = [
  "store",
  "host",
  "bundle",
  "history",
  "timeline",
  "tmux",
  "reserved",
  "ntm",
  "tracker",
  "painted",
] as const;
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
  const wanted = partsOf(values.only);
  const sizes = values.rows.split(",").map(Number);
  const peer = values.against?.split(" ").filter((word) => word !== "");
  console.log(machine(release));
  // First, because the host runs the bundle that this builds.
  const bundle = await measureBundlePart();
  if (wanted.includes("bundle")) console.log(`\n${listing(bundle)}`);
  if (values.soak) {
    await soak(release);
    return;
  }
  if (wanted.includes("tmux"))
    console.log(`\n${listing([...(await measureParse()), ...(await measureAsking()), ...(await measureHook())])}`);
  if (wanted.includes("history")) console.log(`\n${listing(await measureHistoryPart())}`);
  if (wanted.includes("timeline")) console.log(`\n${listing(await measureTimelinePart())}`);
  if (wanted.includes("reserved")) console.log(`\n${listing(await measureReservedFiles())}`);
  if (wanted.includes("painted")) console.log(`\n${listing(await measurePainted(release))}`);
  for (const kind of ["ntm", "tracker"] as const) {
    if (wanted.includes(kind)) console.log(`\n${listing((await measureInHost(release, { kind })).lines)}`);
  }
  if (!wanted.includes("store") && !wanted.includes("host")) return;
  const columns: Column[] = [];
  for (const rows of sizes) columns.push({ rows, lines: await measureSize(rows, wanted, release, peer) });
  console.log(`\n${measureTable(columns)}\n\n${growthTable(columns)}\n\n${legend}\n${machine(release)}`);
}

function partsOf(names: string | undefined): readonly Part[] {
  if (names === undefined) return parts;
  const named = names.split(",");
  const unknown = named.filter((name) => !parts.some((part) => part === name));
  if (unknown.length > 0) throw new Error(`--only takes ${parts.join(", ")}, and not ${unknown.join(", ")}`);
  return parts.filter((part) => named.includes(part));
}

const legend = `median ± spread in ms, × the plain way in the same run:
  decode, first render, expanding: JSON.parse; encode: JSON.stringify; load: one copy read and parsed;
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

/** The machine, and whether it was idle. */
function machine({ vscode }: Release): string {
  const [cpu] = os.cpus();
  const [load = 0] = os.loadavg();
  return `${os.cpus().length} × ${cpu?.model ?? "?"}, load ${load.toFixed(1)}; Node ${process.version}; VS Code ${vscode}`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
