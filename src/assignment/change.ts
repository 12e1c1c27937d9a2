// A requested change as a value: the argument of `apply`, on which the store's other mutators are built.
import * as z from "zod/mini";
import type { Assignment, AssignmentStatus } from "../ledger/assignment";
import { isPaneId } from "./pane";
import type { Transition } from "./transitions";

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
  /**
   * Puts a plain row back as it was before a change, of which `observed` is the result: the row that is on disk must have exactly its
   * fields. By default there must be none, because the row was removed.
   */
  | {
      readonly kind: "restore";
      readonly beadId: string;
      readonly row: Assignment;
      readonly observed?: Assignment | null | undefined;
    };

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
export function transitionOf(change: Exclude<Change, { kind: "restore" }>): Transition {
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

const text = z.string();
const beadId = text.check(z.refine((id) => id !== "", "expected an id"));
const statuses = ["assigned", "working", "completed", "failed", "reassigned", "claiming", "claimed"];
const status = text.check(z.refine((name) => statuses.includes(name), "expected a status"));
const dispatchOutcome = text.check(
  z.refine((name) => name === "arrived" || name === "lost", "expected arrived or lost"),
);
const isPaneIdText = (id: unknown): boolean => typeof id === "string" && isPaneId(id);
const target = {
  pane: z.custom<number>(Number.isSafeInteger, "expected a whole number"),
  agentType: text,
  agentName: text,
  paneId: z.optional(z.custom<string>(isPaneIdText, "expected a tmux pane id such as %3")),
};

const rowChange = z.object({ beadId });
const schemas: Readonly<Record<Change["kind"], z.ZodMiniType>> = {
  assign: z.object({ beadId, beadTitle: text, prompt: text, ...target }),
  reassign: z.object({ beadId, ...target }),
  updateStatus: z.object({ beadId, newStatus: status }),
  markWorking: rowChange,
  markCompleted: rowChange,
  markFailed: z.object({ beadId, reason: text }),
  retry: rowChange,
  resolveDispatch: z.object({ beadId, outcome: dispatchOutcome, note: z.optional(text) }),
  remove: rowChange,
  restore: z.object({ beadId, row: z.object({ bead_id: beadId, status: text }) }),
};

/** @throws {TypeError} if the value doesn't conform to its type */
export function checkChange(change: Change): void {
  const { kind } = change;
  if (!Object.hasOwn(schemas, kind)) throw new TypeError(`Not a change: ${kind}`);
  const issue = schemas[kind].safeParse(change).error?.issues[0];
  if (issue !== undefined) throw new TypeError(`Invalid ${kind}: ${issue.path.join(".")}: ${issue.message}`);
  if (change.kind === "restore" && change.row.bead_id !== change.beadId) {
    throw new TypeError("Invalid restore: row.bead_id: expected the bead's own row");
  }
}
