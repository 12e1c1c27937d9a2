// Where the ledger and the tracker disagree about a bead.
import { epochMilliseconds, isAtomic, type Assignment } from "../assignment";
import type { Issue } from "./issue";
import type { IssuesState } from "./issuesFile";

/**
 * - `none`: nothing contradicts the row
 * - `unknown`: the tracker's file doesn't say, or may be older than the row; they can lag behind its database
 * - `closed-in-tracker`, `deleted-in-tracker`: after the row was assigned, or claimed
 * - `claim-lost`: ntm claimed the bead for this row, and since then it was given back or claimed under another name
 */
export type Drift =
  | { readonly kind: "none" | "unknown" }
  | { readonly kind: "closed-in-tracker"; readonly closedAt: string; readonly reason: string | undefined }
  | { readonly kind: "deleted-in-tracker"; readonly deletedAt: string }
  | {
      readonly kind: "claim-lost";
      /** Who has claimed the bead now; `undefined`: it is unclaimed. */
      readonly holder: string | undefined;
      /** The tracker's status, mostly `open` or `in_progress`. */
      readonly status: string;
      readonly changedAt: string;
    };

/** @param tracker `undefined` while it wasn't read */
export function driftOf(row: Assignment, tracker: IssuesState | undefined): Drift {
  // A row that ntm is clearing or finishing is on its way to agree with the tracker.
  if (!isInFlight(row) || row.clear_state !== undefined) return { kind: "none" };
  const issue = tracker?.kind === "read" ? tracker.issues.get(row.bead_id) : undefined;
  if (issue === undefined || issue.status === "") return { kind: "unknown" };
  if (issue.status === "closed" || issue.status === "tombstone") return endOf(row, issue);
  return isClaimed(row) ? claimOf(row, issue) : { kind: "none" };
}

function isInFlight({ status }: Assignment): boolean {
  return status === "claiming" || status === "claimed" || status === "assigned" || status === "working";
}

/** A plain row claims nothing in the tracker, and one that is being claimed has nothing to lose yet. */
function isClaimed(row: Assignment): boolean {
  return isAtomic(row) && row.status !== "claiming" && row.claim_state === "claimed" && (row.claim_actor ?? "") !== "";
}

/** ntm claims no closed bead: a closing from before the claim, or the assignment, is one that was taken back. */
function endOf(row: Assignment, issue: Issue): Drift {
  const endedAt = (issue.status === "closed" ? issue.closed_at : undefined) ?? issue.updated_at;
  if (endedAt === undefined || !isAfter(endedAt, row.claimed_at ?? row.assigned_at)) return { kind: "unknown" };
  if (issue.status === "tombstone") return { kind: "deleted-in-tracker", deletedAt: endedAt };
  return { kind: "closed-in-tracker", closedAt: endedAt, reason: issue.close_reason };
}

function claimOf(row: Assignment, issue: Issue): Drift {
  const holder = (issue.assignee ?? "") === "" ? undefined : issue.assignee;
  const isOurs = holder === row.claim_actor;
  // An agent may well mark its own bead as blocked; an open one is available to all.
  if (isOurs && issue.status !== "open") return { kind: "none" };
  // The claim is a change of the issue: lines that are no younger don't know of it.
  if (issue.updated_at === undefined || !isAfter(issue.updated_at, row.claimed_at)) return { kind: "unknown" };
  return {
    kind: "claim-lost",
    holder: isOurs ? undefined : holder,
    status: issue.status,
    changedAt: issue.updated_at,
  };
}

/** By at least a millisecond; `false` when one of them is no time, or is Go's zero time, which means that it isn't known. */
function isAfter(time: string, other: string | undefined): boolean {
  const [left, right] = [epochMilliseconds(time), epochMilliseconds(other)];
  return left !== undefined && right !== undefined && left > right;
}
