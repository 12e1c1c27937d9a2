// The status that an assignment has after an event.
import type { AssignmentStatus } from "../assignment";
import type { EventKind } from "./event";

/** `gone`: the ledger has no row of this assignment any more. `other`: a status that this version doesn't know. */
export type RecordedStatus = AssignmentStatus | "gone" | "other";

export function statusAfter(kind: EventKind): RecordedStatus {
  switch (kind) {
    case "claiming":
    case "claimed":
    case "assigned":
    case "working":
    case "completed":
    case "failed":
    case "reassigned":
    case "other":
      return kind;
    case "sending":
    case "dispatch-failed":
      return "claimed";
    case "retried":
      return "assigned";
    case "replaced":
    case "removed":
      return "gone";
  }
}

/** What a ledger says, which may be any text. */
export function recordedStatus(status: string): Exclude<RecordedStatus, "gone"> {
  switch (status) {
    case "claiming":
    case "claimed":
    case "assigned":
    case "working":
    case "completed":
    case "failed":
    case "reassigned":
      return status;
    default:
      return "other";
  }
}
