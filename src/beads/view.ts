// The beads view as others use it: what is selected, and how to bring a row into sight.
import type { Disposable } from "../util/event";
import type { BeadsNode } from "./nodes";

export interface BeadsView extends Disposable {
  readonly selection: readonly BeadsNode[];
  /** Selects a row and scrolls to it, unfolding what hides it; a row that the filter hides makes the filter go. */
  reveal(beadId: string): Promise<void>;
}
