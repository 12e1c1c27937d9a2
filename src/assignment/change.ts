// A change asked for, as a value: what the mutators of the store and `apply` are made of.
import type { Assignment, AssignmentStatus } from "./assignment";
import type { Step } from "./transitions";

interface Target {
  readonly pane: number;
  readonly agentType: string;
  readonly agentName: string;
  /** tmux's `%N`, stored as `occupancy_key` and `dispatch_target`. */
  readonly paneId?: string | undefined;
}

/**
 * `observed` is the row as the caller saw it when they decided, `null` when they saw that there is none; by default what
 * the store showed last. A change of any other row than that is refused with a ConcurrentMutationError.
 */
interface OfRow {
  readonly beadId: string;
  readonly observed?: Assignment | null | undefined;
}

export type Change =
  | ({ readonly kind: "assign"; readonly beadTitle: string; readonly prompt: string } & OfRow & Target)
  | ({ readonly kind: "reassign" } & OfRow & Target)
  | ({ readonly kind: "updateStatus"; readonly newStatus: AssignmentStatus } & OfRow)
  | ({ readonly kind: "markWorking" | "markCompleted" | "retry" | "remove" } & OfRow)
  | ({ readonly kind: "markFailed"; readonly reason: string } & OfRow)
  /** Puts a removed plain row back as it was; refused when the bead has a row again. */
  | { readonly kind: "restore"; readonly beadId: string; readonly row: Assignment };

/** What became of one change of an `apply`. */
export type ChangeResult =
  | {
      readonly beadId: string;
      /** The row as it was on disk; `undefined` when there was none. */
      readonly before: Assignment | undefined;
      /** The row as it is on disk now; `undefined` when it was removed. */
      readonly row: Assignment | undefined;
      readonly error?: undefined;
    }
  | { readonly beadId: string; readonly error: Error };

/** The step whose rules a change follows. */
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
