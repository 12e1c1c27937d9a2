// The beads that may look different since they were last looked at, so that a refresh needn't look at all that are in sight.
import type { Attention } from "../session/attention";
import type { BeadsTree } from "./tree";

export class Suspects {
  /** `undefined`: all of them. */
  private beads: Set<string> | undefined;
  private rule: Attention["rule"] | undefined;

  has(beadId: string): boolean {
    return this.beads?.has(beadId) ?? true;
  }

  /** A tree takes the place of the one that it grew from, with what needs a person now. */
  add({ changedBeads }: BeadsTree, { rule }: Attention): void {
    if (changedBeads === undefined || rule !== this.rule) this.beads = undefined;
    else for (const beadId of changedBeads) this.beads?.add(beadId);
    this.rule = rule;
  }

  addAll(): void {
    this.beads = undefined;
  }

  /** Everything in sight has been looked at. */
  clear(): void {
    this.beads = new Set();
  }
}
