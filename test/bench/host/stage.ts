// The extension in this host, with a ledger that another process writes and a visible tree.
import * as os from "node:os";
import * as vscode from "vscode";
import { viewIds } from "../../../src/contributions";
import { activated, type Internals } from "../../host/activated";
import { eventually } from "../../support/eventually";
import { Home } from "../../support/home";
import { ForeignWriter } from "../foreign/writer";
import type { Touched } from "../foreign/ledger";
import { beadId } from "../ledgers";

export const home = new Home(os.homedir());

export interface Stage {
  readonly internals: Internals;
  readonly writer: ForeignWriter;
  /** Milliseconds from an unread ledger to the tree with its first pane expanded. */
  readonly shownAfter: number;
}

const timeoutMs = 60_000;

/** With a visible tree and its first pane expanded. The writer must be stopped. */
export async function setStage(sessionName: string, rows: number): Promise<Stage> {
  const internals = await activated();
  const { session, beads } = internals;
  const writer = await ForeignWriter.start(home.ledgerPath(sessionName), rows);
  const start = performance.now();
  await session.switchTo(sessionName);
  await vscode.commands.executeCommand(`${viewIds.beads}.focus`);
  await eventually(() => {
    if (!beads.treeView.visible) throw new Error("the tree isn't visible");
    if (session.snapshot?.rows.length !== rows) throw new Error("the rows aren't there");
  }, timeoutMs);
  await beads.reveal(beadId(0));
  return { internals, writer, shownAfter: performance.now() - start };
}

/** Number of rows that aren't shown as the writer saved them. */
export function stale({ session }: Internals, state: readonly Touched[]): number {
  return state.filter(({ beadId, status, retries }) => {
    const row = session.snapshot?.get(beadId);
    return row?.status !== status || (row.retry_count ?? 0) !== retries;
  }).length;
}
