// The main file of a copied extension: times its code until `activate` returns. The editor's own part, with its round trips between
// processes, isn't included.
import * as path from "node:path";
import type { ExtensionContext } from "vscode";

interface Extension {
  activate(context: ExtensionContext): unknown;
}

/** Milliseconds. */
export interface ActivationTimes {
  readonly loading: number;
  readonly activating: number;
}

const start = performance.now();
// eslint-disable-next-line @typescript-eslint/no-require-imports -- as the editor does
const extension = require(path.join(__dirname, "extension.js")) as Extension;
const loading = performance.now() - start;

export function activate(context: ExtensionContext): unknown {
  const called = performance.now();
  const api = extension.activate(context);
  const times: ActivationTimes = { loading, activating: performance.now() - called };
  Object.assign(globalThis, { ntmAssignmentsActivation: times });
  return api;
}
