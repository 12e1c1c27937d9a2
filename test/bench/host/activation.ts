// What the extension costs a window that opens, before it has read any ledger.
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { lineOf, measureOf, type Line } from "../line";
import { quiet } from "./quiet";
import type { ActivationTimes } from "./timedMain";

const copies = 9;

/** Activates the extension, which can be done once in a host. */
export async function measureActivation(): Promise<readonly Line[]> {
  const extension = vscode.extensions.getExtension("ntm-assignments.ntm-assignments");
  if (extension === undefined || extension.isActive) throw new Error("there is nothing to activate");
  await quiet();
  await extension.activate();
  const { loading, activating } = (globalThis as unknown as { ntmAssignmentsActivation: ActivationTimes })
    .ntmAssignmentsActivation;
  const again = measureOf(Array.from({ length: copies }, () => loadingTime(extension.extensionPath)));
  return [
    { name: "activation", unit: "ms", value: loading + activating },
    { name: "  of it loading", unit: "ms", value: loading },
    lineOf("  loading again", again),
  ];
}

/** Files that were never loaded are compiled anew. They have to lie where the editor looks for the extension's files. */
function loadingTime(folder: string): number {
  const copy = path.join(folder, `copy-${Math.random()}`);
  fs.cpSync(path.join(folder, "dist"), copy, { recursive: true });
  try {
    const start = performance.now();
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- as the extension host does
    require(path.join(copy, "extension.js"));
    return performance.now() - start;
  } finally {
    fs.rmSync(copy, { recursive: true });
  }
}
