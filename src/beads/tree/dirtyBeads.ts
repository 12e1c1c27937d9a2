// The beads that may look different since the last refresh, so that a refresh needn't check every rendered row.
import type { Attention } from "../../attention/attention";
import { changedSignals, noSignals, type Signals } from "../../attention/signal";
import type { BeadsTree } from "./beadsTree";

export class DirtyBeads {
  /** `undefined`: all of them. */
  private beads: Set<string> | undefined;
  private rule: Attention["rule"] | undefined;
  private signals: Signals = noSignals;

  has(beadId: string): boolean {
    return this.beads?.has(beadId) ?? true;
  }

  /** Records a new tree and the rows that need attention now. */
  add({ changedBeads }: BeadsTree, { rule, signals }: Attention): void {
    if (changedBeads === undefined || rule !== this.rule) this.beads = undefined;
    else for (const beadId of [...changedBeads, ...changedSignals(this.signals, signals)]) this.beads?.add(beadId);
    this.rule = rule;
    this.signals = signals;
  }

  addBeads(beadIds: readonly string[]): void {
    for (const beadId of beadIds) this.beads?.add(beadId);
  }

  addAll(): void {
    this.beads = undefined;
  }

  /** Every rendered row has been checked. */
  clear(): void {
    this.beads = new Set();
  }
}
