// The cost of what the tracker says: its file, and the Ready view between br's answer and an editor that has every item.
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { IssuesFile } from "../../../src/tracker/issuesFile";
import { decodeReady } from "../../../src/tracker/ready";
import { ReadyProvider } from "../../../src/views/ready/provider";
import { projectRoot } from "../../support/project";
import { TempFolder } from "../../support/tempFolder";
import { lineOf, measureOf, percentile, type Line } from "../line";

const beadCount = 10_000;
const fileBytes = 20_000_000;
const runs = 9;

export async function measureTracker(): Promise<readonly Line[]> {
  const folder = new TempFolder("tracker");
  try {
    const file = path.join(folder.path, "issues.jsonl");
    fs.writeFileSync(
      file,
      Array.from({ length: beadCount }, (_, number) => `${JSON.stringify(bead(number))}\n`).join(""),
    );
    if (Math.abs(fs.statSync(file).size / fileBytes - 1) > 0.1) throw new Error("the file has another size");
    const reading: number[] = [];
    const busy: number[] = [];
    for (let run = 0; run < runs; run++) {
      const start = performance.now();
      const before = performance.eventLoopUtilization();
      const state = await new IssuesFile(file).read();
      reading.push(performance.now() - start);
      busy.push(performance.eventLoopUtilization(before).active);
      if (state.kind !== "read" || state.issues.size !== beadCount) throw new Error("the file can't be read");
    }
    const printed = JSON.stringify(Array.from({ length: beadCount }, (_, number) => bead(number)));
    const showing = Array.from({ length: runs }, () => timeToShow(printed));
    const parsing = Array.from({ length: runs }, () => timeToParse(printed));
    return [
      lineOf("issues.jsonl of 20 MB", measureOf(reading)),
      { name: "  of it on the thread", unit: "ms", value: percentile(busy, 0.5) },
      lineOf("Ready with 10,000 beads, from br's answer", measureOf(showing), measureOf(parsing)),
    ];
  } finally {
    folder.remove();
  }
}

/** In milliseconds: the reference. */
function timeToParse(printed: string): number {
  const start = performance.now();
  JSON.parse(printed);
  return performance.now() - start;
}

/** In milliseconds, with an editor that requests every item, as VS Code does for the first level. */
function timeToShow(printed: string): number {
  const provider = new ReadyProvider(vscode.Uri.file(projectRoot));
  try {
    const start = performance.now();
    const state = decodeReady(printed);
    if (state.kind !== "ready") throw new Error("the answer can't be read");
    provider.show(state.beads, new Map());
    for (const node of provider.getChildren()) provider.getTreeItem(node);
    return performance.now() - start;
  } finally {
    provider.dispose();
  }
}

/** Some 2 KB. */
function bead(number: number): object {
  return {
    id: `bd-${number}`,
    title: `Keep the parser from giving up on case ${number}`,
    description: "Read the issue, write a test that fails, make it pass. ".repeat(30),
    status: number % 3 === 0 ? "open" : "in_progress",
    priority: number % 5,
    issue_type: "task",
    labels: ["api", `area-${number % 20}`],
    created_at: "2026-11-20T10:00:00Z",
    updated_at: "2026-11-22T10:00:00Z",
    dependencies: [{ issue_id: `bd-${number}`, depends_on_id: `bd-${number + 1}`, type: "blocks" }],
  };
}
