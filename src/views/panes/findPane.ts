// Asks tmux about one pane, at the time of a command: earlier results may be out of date.
import type { Assignment } from "../../assignment";
import type { SessionSnapshot } from "../../session/sessionSnapshot";
import { programPath } from "../../settings";
import { listPanes, type PaneList, type PaneLives, type TmuxOptions } from "../../tmux";
import { assignedAt, joinPanes } from "../../tmux/joinPanes";
import type { TmuxPane } from "../../tmux/paneFormat";
import { nothingKnown } from "../../tmux/paneLifecycle";
import { nextObservation } from "../../tmux/paneObservation";
import type { LivePanes } from "./livePanes";

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

/** `undefined`: tmux doesn't have the session, or doesn't answer. */
export async function livesOfSession(
  panes: LivePanes,
  sessionName: string,
  snapshot: SessionSnapshot | undefined,
): Promise<PaneLives | undefined> {
  await panes.refresh();
  const { lives } = panes.current;
  if (lives?.sessionName === sessionName && lives.session === "live") return lives;
  const list = await listPanes(tmuxOptions());
  if (list.kind !== "panes") return undefined;
  const look = nextObservation(undefined, { at: Date.now(), panes: list.panes, hasChild: new Map() });
  const shown = { sessionName, panes: snapshot?.sessionName === sessionName ? snapshot.panes : [] };
  const found = joinPanes(shown, look, nothingKnown);
  return found.session === "live" ? found : undefined;
}

export function tmuxOptions(): TmuxOptions {
  return { program: programPath("tmux") };
}
