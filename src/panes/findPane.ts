// Asks tmux about one pane, at the time of a command: earlier results may be out of date.
import type { Assignment } from "../assignment";
import { listPanes, type PaneList } from "../tmux";
import { assignedAt } from "../tmux/ledgerPane";
import type { TmuxPane } from "../tmux/paneFormat";
import { tmuxOptions } from "./tmuxOptions";

/**
 * - `no-pane`: the server has no such pane in the session
 * - `earlier-run`: it has, but the session was created after the row was assigned
 */
export type FoundPane =
  | { readonly kind: "found"; readonly pane: TmuxPane }
  | { readonly kind: "no-session" | "no-pane" | "earlier-run" }
  | { readonly kind: "unknown"; readonly list: Exclude<PaneList, { kind: "panes" }> };

/** @param row the row that names the pane, if one does */
export async function findPane(sessionName: string, paneId: string, row?: Assignment): Promise<FoundPane> {
  const list = await listPanes(tmuxOptions());
  if (list.kind !== "panes") return { kind: "unknown", list };
  const panes = list.panes.filter((pane) => pane.sessionName === sessionName);
  const [first] = panes;
  if (first === undefined) return { kind: "no-session" };
  const time = row === undefined ? undefined : assignedAt(row);
  if (time !== undefined && time < first.sessionCreated) return { kind: "earlier-run" };
  const pane = panes.find((candidate) => candidate.paneId === paneId);
  return pane === undefined ? { kind: "no-pane" } : { kind: "found", pane };
}
