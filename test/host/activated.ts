// The extension as it runs in this host, with its inner parts, which it shows to tests alone.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { BeadsView } from "../../src/beads/view";
import type { ShapeMemory } from "../../src/beads/shapeMemory";
import type { RowNode } from "../../src/beads/nodes";
import type { ActiveSession } from "../../src/session/activeSession";

export interface Internals {
  readonly session: ActiveSession;
  readonly beads: BeadsView;
  readonly shapes: ShapeMemory;
}

const extensionId = "ntm-assignments.ntm-assignments";

export async function activated(): Promise<Internals> {
  const extension = vscode.extensions.getExtension<{ internals: Internals }>(extensionId);
  assert.ok(extension !== undefined, `${extensionId} is not installed in this host`);
  return (await extension.activate()).internals;
}

/** A row of the tree, as a menu would pass it. */
export function rowNode(beadId: string): RowNode {
  return { kind: "row", id: `row:${beadId}`, beadId };
}
