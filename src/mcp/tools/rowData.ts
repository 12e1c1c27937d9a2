// A row as data for a model: bounded, without its prompt, with the reason if it can't be changed.
import { paneId, type Assignment, type Hold } from "../../assignment";
import { statusSince } from "../../session/rowFacts";
import { oneLine } from "./answer";

export interface RowData {
  readonly bead_id: string;
  readonly title: string;
  readonly status: string;
  /** RFC 3339. */
  readonly status_since?: string;
  /** tmux's `%N`, else the index of the pane. */
  readonly pane: string;
  readonly agent: string;
}

export function rowData(row: Assignment): RowData {
  const since = statusSince(row);
  return {
    bead_id: row.bead_id,
    title: oneLine(row.bead_title, 200),
    status: oneLine(row.status, 40),
    ...(since !== undefined && { status_since: since }),
    pane: paneId(row) ?? String(row.pane),
    agent: [row.agent_type, row.agent_name ?? ""]
      .map((part) => oneLine(part, 60))
      .filter((part) => part !== "")
      .join(" "),
  };
}

/** Why a row must be left alone, as a sentence. */
export function holdReason(hold: Hold): string {
  switch (hold.code) {
    case "in-flight":
      return inFlightReason(hold);
    case "clearing":
      return hold.outcome === undefined
        ? "ntm is clearing it and releases its files."
        : `ntm is ending it as ${oneLine(hold.outcome, 40)} and releases its files and its claim.`;
    case "outbox":
      return "Its outcome is recorded and waits to be picked up by ntm.";
    case "leased":
      return `${filesReserved(hold.files)}${hold.until === undefined ? "" : ` until ${hold.until}`}, and only ntm can release them.`;
    case "atomic":
      return "ntm claimed it in the tracker, and this step has to be done by ntm.";
    case "no-id":
      return "The row has no bead id, so nothing can be done with it.";
    case "unplaced":
      return "It would become active without a tmux pane id, which stops ntm in this session.";
  }
}

function inFlightReason(hold: Extract<Hold, { code: "in-flight" }>): string {
  const isWaiting = hold.isWaiting === true;
  switch (hold.stage) {
    case "claim":
      return isWaiting ? "It waits for ntm to claim it in the tracker." : "ntm is claiming it in the tracker.";
    case "reserve":
      return isWaiting ? "It waits for ntm to reserve its files." : "ntm is reserving its files.";
    case "dispatch":
      return isWaiting
        ? "It waits for ntm to send its prompt."
        : "ntm is sending its prompt, or doesn't know whether it arrived.";
  }
}

function filesReserved(files: number): string {
  if (files === 0) return "Files are reserved for it";
  return files === 1 ? "1 file is reserved for it" : `${files} files are reserved for it`;
}
