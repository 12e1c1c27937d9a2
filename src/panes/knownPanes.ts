// What is known of the active session's panes besides its ledger, ready to be shown. Immutable: what didn't change is the same object.
import type { Pane } from "../session/sessionPane";
import type { PaneLives } from "../tmux";

/**
 * - `free`: its agent runs and has no bead
 * - `busy`: its agent says that it works, and has no bead
 * - `idle`, `waiting`, `error`: what its agent says
 * - `under-shell`: its agent runs as the child of a shell, so that ntm doesn't see it
 * - `agent-exited`, `gone`: the agent, or the whole pane
 * - `earlier-run`: its rows in flight are from before the session was created
 */
export type PaneCondition =
  "free" | "busy" | "idle" | "waiting" | "error" | "under-shell" | "agent-exited" | "gone" | "earlier-run";

export interface PaneStatus {
  readonly condition: PaneCondition;
  /** Whether the user has to do something about the pane. */
  readonly isWarning: boolean;
  /** A few words. @param now milliseconds since 1970 */
  readonly mark: (now: number) => string;
  /** Whether the words change as time goes by. */
  readonly isTimed: boolean;
  /** What it means and what to do about it; empty when the mark says it. */
  readonly advice: string;
}

export interface KnownPanes {
  /** `undefined`: nothing is known. */
  readonly lives: PaneLives | undefined;
  /** By identity, for the panes of which there is something to say. */
  readonly paneStatuses: ReadonlyMap<string, PaneStatus>;
  /** The panes of agents that no row names. */
  readonly withoutRows: readonly Pane[];
  /** Such as `4 agents: 2 working, 1 free, 1 exited`; empty when nothing is known. */
  readonly summary: string;
}

export const noKnownPanes: KnownPanes = { lives: undefined, paneStatuses: new Map(), withoutRows: [], summary: "" };
