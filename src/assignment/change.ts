// A requested change as a value: the argument of `apply`, on which the store's other mutators are built.
import type { Assignment, AssignmentStatus } from "../ledger/assignment";
import type { Step } from "./transitions";

interface Target {
  readonly pane: number;
  readonly agentType: string;
  readonly agentName: string;
  /** tmux's `%N`, stored as `occupancy_key` and `dispatch_target`. */
  readonly paneId?: string | undefined;
}

/**
 * `observed` is the row on which the caller's decision was based, or `null` if there was none; by default the row that the
 * store loaded last. If the row on disk is another one, the change is refused with a ConcurrentMutationError.
 */
interface RowTarget {
  readonly beadId: string;
  readonly observed?: Assignment | null | undefined;
}

/** Whether the prompt reached the agent's pane. */
export type DispatchOutcome = "arrived" | "lost";

export type Change =
  | ({ readonly kind: "assign"; readonly beadTitle: string; readonly prompt: string } & RowTarget & Target)
  | ({ readonly kind: "reassign" } & RowTarget & Target)
  | ({ readonly kind: "updateStatus"; readonly newStatus: AssignmentStatus } & RowTarget)
  | ({ readonly kind: "markWorking" | "markCompleted" | "retry" | "remove" } & RowTarget)
  | ({ readonly kind: "markFailed"; readonly reason: string } & RowTarget)
  /**
   * Records the outcome of a dispatch that ntm left unknown. `observed` must be the row that the user decided about: also
   * another dispatch attempt is a conflict. Refused at once while another process holds the bead's lock.
   */
  | ({
      readonly kind: "resolveDispatch";
      readonly outcome: DispatchOutcome;
      /** Stored as the dispatch error if the prompt was lost, as the receipt id if it arrived; blank for a default. */
      readonly note?: string | undefined;
    } & RowTarget)
  /** Restores a removed plain row unchanged; refused if the bead has a row again. */
  | { readonly kind: "restore"; readonly beadId: string; readonly row: Assignment };

/** The outcome of one change of an `apply`. */
export type ChangeResult =
  | {
      readonly beadId: string;
      /** The row that was on disk before; `undefined` if there was none. */
      readonly before: Assignment | undefined;
      /** The row that is on disk now; `undefined` if it was removed. */
      readonly row: Assignment | undefined;
      readonly error?: undefined;
    }
  | { readonly beadId: string; readonly error: Error };

/** The step whose rules apply to a change. */
export function stepOf(change: Exclude<Change, { kind: "restore" }>): Step {
  if (change.kind !== "updateStatus") return change.kind;
  switch (change.newStatus) {
    case "working":
      return "markWorking";
    case "completed":
      return "markCompleted";
    case "failed":
      return "markFailed";
    case "reassigned":
      return "reassign";
    case "assigned":
    case "claimed":
    case "claiming":
      return "retry";
  }
}
