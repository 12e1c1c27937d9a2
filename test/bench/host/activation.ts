// The cost of the extension when a window opens, before any ledger is read.
import * as fs from "node:fs";
import * as path from "node:path";
import * as vm from "node:vm";
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
  const compiling = measureOf(Array.from({ length: copies }, () => compilingTime(extension.extensionPath)));
  const reference = compiling.median;
  return [
    { name: "activation", unit: "ms", value: loading + activating, reference },
    { name: "  of it loading", unit: "ms", value: loading, reference },
    lineOf("  loading again", again, compiling),
  ];
}

/** Copies, because only files that were never loaded are compiled. They must be in the extension's folder. */
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

/** The engine's cost of the text of the bundle alone. */
function compilingTime(folder: string): number {
  const code = fs.readFileSync(path.join(folder, "dist/extension.js"), "utf8");
  const start = performance.now();
  // A unique text: the engine caches what it compiled.
  new vm.Script(`(function(require,module,exports){${code}\n})//${Math.random()}`);
  return performance.now() - start;
}
