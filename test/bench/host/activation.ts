// What the extension costs a window that opens, before it has read any ledger.
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { projectRoot } from "../../support/project";
import { lineOf, measureOf, type Line } from "../line";

const copies = 9;

/** Activates the extension, which can be done once in a host; it must be the shipped bundle that lies in `dist`. */
export async function measureActivation(): Promise<readonly Line[]> {
  const extension = vscode.extensions.getExtension("ntm-assignments.ntm-assignments");
  if (extension === undefined || extension.isActive) throw new Error("there is nothing to activate");
  const start = performance.now();
  await extension.activate();
  const activated = performance.now() - start;
  return [
    lineOf("activation", { median: activated, spread: 0 }),
    lineOf("loading the bundle", measureOf(Array.from({ length: copies }, loadingTime))),
  ];
}

/** A file that was never loaded is compiled anew. It has to lie where the editor looks for the extension's files. */
function loadingTime(_: unknown, number: number): number {
  const copy = path.join(projectRoot, "out", `cold-${number}.js`);
  fs.copyFileSync(path.join(projectRoot, "dist/extension.js"), copy);
  try {
    const start = performance.now();
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- as the extension host does
    require(copy);
    return performance.now() - start;
  } finally {
    fs.rmSync(copy);
  }
}
