// What the journal, the timeline and a painted save cost, each in processes of their own. The rows of a ledger make no difference.
import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import { bundleProgram } from "../support/program";
import { projectRoot } from "../support/project";
import { TempFolder } from "../support/tempFolder";
import type { Release } from "../support/vscode/releases";
import { lineOf, measureOf, percentile, type Line } from "./line";

const run = promisify(execFile);

export async function measureHistoryPart(): Promise<readonly Line[]> {
  const folder = new TempFolder("bench");
  try {
    const { stdout } = await run(process.execPath, [bundleProgram("test/bench/programs/history.ts"), folder.path]);
    return JSON.parse(stdout) as Line[];
  } finally {
    folder.remove();
  }
}

/** As `test/ui/timeline/bench.ts` prints it, in milliseconds. */
interface TimelineMeasures {
  readonly firstPicture: readonly number[];
  readonly frames: Readonly<Record<"intervals" | "idle" | "work", readonly number[]>>;
}

export async function measureTimelinePart(): Promise<readonly Line[]> {
  const { stdout } = await run(process.execPath, [path.join(projectRoot, "out/test/ui/timeline/bench.js")]);
  const { firstPicture, frames } = JSON.parse(stdout) as TimelineMeasures;
  const p95 = (name: string, samples: readonly number[]): Line => ({
    name,
    unit: "ms",
    value: percentile(samples, 0.95),
  });
  return [
    lineOf("timeline, first picture of 1,000", measureOf(firstPicture)),
    p95("timeline, frame of 10,000, p95", frames.work),
    p95("  between its frames, p95", frames.intervals),
    p95("  between idle frames, p95", frames.idle),
  ];
}

export async function measurePainted({ name }: Release): Promise<readonly Line[]> {
  const { stdout } = await run(process.execPath, [path.join(projectRoot, "out/test/ui/painted.js"), name]);
  const { idle, behind, waiting } = JSON.parse(stdout) as PaintedMeasures;
  return [
    { name: "save to painted row, p50", unit: "ms", value: percentile(idle, 0.5) },
    { name: "save to painted row, p95", unit: "ms", value: percentile(idle, 0.95) },
    { name: "painted row behind a busy ledger, longest", unit: "ms", value: Math.max(...behind) },
    ...(waiting.length === 0
      ? []
      : [{ name: "waiting agent to painted row, p50", unit: "ms", value: percentile(waiting, 0.5) } as const]),
  ];
}

/** As `test/ui/painted.ts` prints it, in milliseconds. */
interface PaintedMeasures {
  readonly idle: readonly number[];
  readonly behind: readonly number[];
  readonly waiting: readonly number[];
}
