// What the extension costs a window that opens, before it has read any ledger.
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

/** What the engine takes for no more than the text of the code that activation loads. */
function compilingTime(folder: string): number {
  const dist = path.join(folder, "dist");
  const [chunk = ""] = fs.readdirSync(dist).filter((name) => name.startsWith("chunk-"));
  const code = fs.readFileSync(path.join(dist, chunk), "utf8");
  const start = performance.now();
  // The engine remembers what it compiled, and this it hasn't seen.
  new vm.Script(`(function(require,module,exports){${code}\n})//${Math.random()}`);
  return performance.now() - start;
}
