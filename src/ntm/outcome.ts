// The result of a call of ntm, and what the user can do about a refusal, as codes.
import type { ProgramError } from "../util/program";
import type { AssignOutput, BeadResult } from "./assignOutput";

/** What ntm's message names, as far as it can be read. */
export interface RefusalDetails {
  /** The bead that occupies the target pane. */
  readonly owner?: { readonly beadId: string; readonly paneId: string };
  /** The tracker's assignee that claimed the bead, as in `claim_actor`. */
  readonly claimedBy?: string;
  readonly availablePanes?: readonly { readonly selector: string; readonly paneId: string }[];
  readonly blockedBy?: readonly string[];
}

export type NtmOutcome =
  | { readonly kind: "ok"; readonly output: AssignOutput }
  /** ntm refused, or did only a part. The ledger may have changed nevertheless. */
  | {
      readonly kind: "refused";
      /** ntm's own code, also one that isn't known here; may be empty. */
      readonly code: string;
      readonly message: string;
      readonly details: RefusalDetails;
      readonly beads: readonly BeadResult[];
      readonly output: AssignOutput;
    }
  /** No usable answer; `error.output` has what was printed. After `timed-out`, `aborted` and `killed` ntm may have done its work. */
  | { readonly kind: "failed"; readonly error: ProgramError };

/** What can help after a refusal. */
export type WayOut =
  | "try-again-force"
  | "without-reservations"
  | "ignore-dependencies"
  | "show-owner"
  | "resolve-dispatch"
  | "choose-pane"
  | "none";

type Refusal = Extract<NtmOutcome, { kind: "refused" }>;

export function refusalOf(output: AssignOutput, error: NonNullable<AssignOutput["error"]>): Refusal {
  const { code, message } = error;
  return { kind: "refused", code, message, details: detailsOf(output, code, message), beads: output.beads, output };
}

/** Every code of `ntm assign` that has one; the others have none. */
const waysOut: ReadonlyMap<string, WayOut> = new Map<string, WayOut>([
  ["PANE_BUSY", "try-again-force"],
  ["RESERVATION_REQUIRED", "without-reservations"],
  ["BLOCKED", "ignore-dependencies"],
  ["DEPENDENCY_LOOKUP_FAILED", "ignore-dependencies"],
  ["TARGET_BUSY", "show-owner"],
  ["CLAIM_CONFLICT", "show-owner"],
  ["DISPATCH_UNKNOWN", "resolve-dispatch"],
  ["PANE_NOT_FOUND", "choose-pane"],
  ["PANE_AMBIGUOUS", "choose-pane"],
  ["NOT_AGENT_PANE", "choose-pane"],
  ["NO_IDLE_AGENT", "choose-pane"],
  ["ALREADY_ASSIGNED", "choose-pane"],
]);

export function wayOut({ code, message, beads }: Pick<Refusal, "code" | "message" | "beads">): WayOut {
  // These two codes cover several reasons, which only the text distinguishes.
  if (code === "CLEAR_FAILED" || code === "RETRY_SKIPPED") {
    const reasons = [message, ...beads.flatMap((bead) => bead.message ?? [])].join("\n");
    if (reasons.includes("dispatch outcome is unknown")) return "resolve-dispatch";
    if (code === "CLEAR_FAILED") return "none";
    return reasons.includes("reservation") ? "without-reservations" : "choose-pane";
  }
  // Without a bead there are no dependencies to ignore.
  if (code === "DEPENDENCY_LOOKUP_FAILED" && message.includes("ISSUE_NOT_FOUND")) return "none";
  return waysOut.get(code) ?? "none";
}

function detailsOf({ document }: AssignOutput, code: string, message: string): RefusalDetails {
  switch (code) {
    case "TARGET_BUSY": {
      const [, paneId, beadId] = /(%\d+) is owned by bead (\S+)/.exec(message) ?? [];
      return paneId === undefined || beadId === undefined ? {} : { owner: { paneId, beadId } };
    }
    case "CLAIM_CONFLICT": {
      const claimedBy = / is recorded for (\S+)/.exec(message)?.[1];
      return claimedBy === undefined ? {} : { claimedBy };
    }
    case "PANE_NOT_FOUND": {
      const available = /available: (.*)$/s.exec(message)?.[1];
      if (available === undefined) return {};
      const panes = available.matchAll(/([\w.]+) \((%\d+)\)/g);
      return { availablePanes: Array.from(panes, ([, selector = "", paneId = ""]) => ({ selector, paneId })) };
    }
    case "BLOCKED": {
      const { data } = document as { data?: { assignment?: { blocked_by_ids?: unknown } | null } | null };
      const ids = data?.assignment?.blocked_by_ids;
      return Array.isArray(ids) ? { blockedBy: ids.filter((id) => typeof id === "string") } : {};
    }
    default:
      return {};
  }
}
