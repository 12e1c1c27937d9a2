// What is known of panes after a few looks at them, without a tmux.
import type { SessionSnapshot } from "../../src/session/sessionSnapshot";
import type { PaneLives } from "../../src/tmux";
import { joinPanes } from "../../src/tmux/joinPanes";
import type { TmuxPane } from "../../src/tmux/paneFormat";
import { nothingKnown } from "../../src/tmux/paneLifecycle";
import { nextObservation, withLaterProcesses, type PaneObservation } from "../../src/tmux/paneObservation";
import { created, minute } from "./tmuxPanes";

/** When the first of the looks is; one follows every 3 seconds. */
export const firstLookAt = created + 10 * minute;

/** @param looks what tmux lists, look after look @param shells the pids of panes that have a shell and nothing else */
export function livesAfter(snapshot: SessionSnapshot, ...looks: readonly (readonly TmuxPane[])[]): PaneLives {
  let lives = nothingKnown;
  let look: PaneObservation | undefined;
  for (const [number, panes] of looks.entries()) {
    look = nextObservation(look, { at: firstLookAt + number * 3000, panes, hasChild: new Map() });
    lives = joinPanes(snapshot, look, lives);
  }
  return lives;
}

/** After one look. @param processes how many processes the agents of idle panes left running, by the process of the pane */
export function livesOf(
  snapshot: SessionSnapshot,
  panes: readonly TmuxPane[],
  processes: ReadonlyMap<number, number>,
): PaneLives {
  const look = nextObservation(undefined, { at: firstLookAt, panes, hasChild: new Map() });
  return joinPanes(snapshot, withLaterProcesses(look, processes), nothingKnown);
}
