// The stages of a bead that ntm assigns: it is claimed in the tracker, files are reserved, the prompt is sent, the agent works.
import { isAtomic, isTerminal, type Assignment } from "../../assignment";

export type StageName = "claim" | "reserve" | "dispatch" | "work";

export interface Stage {
  readonly name: StageName;
  readonly state:
    | "done"
    | "under-way"
    /** It failed, or its outcome is unknown. */
    | "hanging"
    | "to-come"
    /** Not asked for. */
    | "left-out";
}

/** `undefined` for plain rows, which have no such way. */
export function stagesOf(row: Assignment): readonly Stage[] | undefined {
  if (!isAtomic(row)) return undefined;
  const claim = claimState(row);
  const reserve = reserveState(row, claim);
  const dispatch = dispatchState(row, claim, reserve);
  return [
    { name: "claim", state: claim },
    { name: "reserve", state: reserve },
    { name: "dispatch", state: dispatch },
    { name: "work", state: workState(row, dispatch) },
  ];
}

function claimState(row: Assignment): Stage["state"] {
  switch (row.claim_state) {
    case "claimed":
      return "done";
    case "failed":
    case "ineligible":
    case "unknown":
      return "hanging";
    default:
      return row.claim_error === undefined ? "under-way" : "hanging";
  }
}

function reserveState(row: Assignment, claim: Stage["state"]): Stage["state"] {
  if (row.reservation_required !== true && row.reservation_state !== "reserved") return "left-out";
  switch (row.reservation_state) {
    case "reserved":
    case "released":
      return row.reservation_error === undefined ? "done" : "hanging";
    case "reserving":
      return "under-way";
    case "failed":
    case "unknown":
      return "hanging";
    default:
      // A row that came further without its files never needed them in the end.
      if (row.dispatch_state === "sent") return "left-out";
      return claim === "done" ? "under-way" : "to-come";
  }
}

function dispatchState(row: Assignment, claim: Stage["state"], reserve: Stage["state"]): Stage["state"] {
  if (row.dispatch_state === "sent") return "done";
  if (row.dispatch_state === "sending") return "under-way";
  if (row.last_dispatch_error !== undefined) return "hanging";
  return claim === "done" && (reserve === "done" || reserve === "left-out") ? "under-way" : "to-come";
}

function workState(row: Assignment, dispatch: Stage["state"]): Stage["state"] {
  if (dispatch !== "done") return "to-come";
  if (row.status === "failed") return "hanging";
  return isTerminal(row.status) ? "done" : "under-way";
}
