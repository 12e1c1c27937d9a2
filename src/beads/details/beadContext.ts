// What is known of a bead besides its row.
import type { HistoryEvent } from "../../history/event";
import type { RowActivity } from "../../session/rowActivity";
import type { BeadFacts } from "../../tracker/beadFacts";

export interface BeadContext {
  /** What the tracker says of it; absent while it isn't known. */
  readonly facts?: BeadFacts | undefined;
  /** What is being done to its row at present. */
  readonly activity?: RowActivity | undefined;
  /** What was recorded of it, in time order. */
  readonly events?: readonly HistoryEvent[];
}

export type BeadContextOf = (beadId: string) => BeadContext;
