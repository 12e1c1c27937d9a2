// One look at the panes of a server, and what the looks before it add: since when a pane is missing or without its agent.
import { agentTypeOfTitle } from "./agentTitle";
import { readAgentState, type AgentState } from "./agentState";
import type { TmuxPane } from "./paneFormat";
import { isShellCommand } from "./shellCommand";

/** All times are milliseconds since 1970, at which tmux was asked. */
export interface PaneLook {
  readonly at: number;
  /** The look before, when there is one of this server that is not too long ago. */
  readonly previousAt: number | undefined;
  readonly serverPid: number | undefined;
  readonly panes: readonly SeenPane[];
  /** Since when looks follow upon each other. */
  readonly since: number;
  /** The panes that earlier looks saw, and the first look that missed them. */
  readonly missing: ReadonlyMap<string, number>;
  /** The sessions that looks at this server saw, and when each was created. */
  readonly sessions: ReadonlyMap<string, number>;
}

export interface SeenPane {
  readonly pane: TmuxPane;
  /** The last type that ntm gave it in its title, which the agent may have rewritten since. */
  readonly titledType: string | undefined;
  readonly foreground: Foreground;
  /** The first of the latest looks that all saw it without an agent, if this one does. */
  readonly exitedSince: number | undefined;
  /** The latest look that saw it without an agent. */
  readonly exitedAt: number | undefined;
  /** What its options say, with the time from when on they may count. */
  readonly state: AgentState | undefined;
}

/**
 * What runs in the foreground of a pane:
 * - `program`: anything but a shell
 * - `shell-with-child`, `shell-alone`: as the system says
 * - `shell`: it wasn't asked, or doesn't know
 * - `nothing`: the process of the pane has ended
 */
export type Foreground = "program" | "shell-with-child" | "shell-alone" | "shell" | "nothing";

export interface PaneAnswer {
  /** When tmux was asked. */
  readonly at: number;
  readonly panes: readonly TmuxPane[];
  /** Whether the process of a pane has a child, where that was asked and is known. */
  readonly hasChild: ReadonlyMap<number, boolean>;
}

/** Looks that are further apart don't follow upon each other. */
const longestGapMs = 150_000;
/** No server in use has that many; the oldest are dropped. */
const mostRemembered = 5000;

/** @param before the look before this one */
export function nextLook(before: PaneLook | undefined, { at, panes, hasChild }: PaneAnswer): PaneLook {
  // A server without sessions tells nothing of itself.
  const serverPid = panes[0]?.serverPid ?? before?.serverPid;
  const known = before?.serverPid === serverPid ? before : undefined;
  const previous = known !== undefined && at > known.at && at - known.at <= longestGapMs ? known : undefined;
  const seenBefore = new Map(known?.panes.map((seen) => [seen.pane.paneId, seen]));
  return {
    at,
    previousAt: previous?.at,
    serverPid,
    panes: panes.map((pane) => {
      const seen = seenBefore.get(pane.paneId);
      return seenPane(pane, foregroundOf(pane, hasChild), at, seen, previous?.at);
    }),
    since: previous?.since ?? at,
    missing: missingNow(panes, at, known, previous),
    sessions: bounded([
      ...(known?.sessions ?? []),
      ...panes.map(({ sessionName, sessionCreated }) => [sessionName, sessionCreated] as const),
    ]),
  };
}

/** @param previousAt the look that `before` is of, when this one follows upon it */
function seenPane(
  pane: TmuxPane,
  foreground: Foreground,
  at: number,
  before: SeenPane | undefined,
  previousAt: number | undefined,
): SeenPane {
  const isExited = foreground === "nothing" || foreground === "shell-alone";
  const state = readAgentState(pane.options, at);
  return {
    pane,
    titledType: agentTypeOfTitle(pane.title, pane.sessionName) ?? before?.titledType,
    foreground,
    exitedSince: isExited ? ((previousAt === undefined ? undefined : before?.exitedSince) ?? at) : undefined,
    exitedAt: isExited ? at : before?.exitedAt,
    state: state?.since === undefined ? dated(state, before, previousAt) : state,
  };
}

/** A state without a time is later than the look before the first that saw it. */
function dated(
  state: AgentState | undefined,
  before: SeenPane | undefined,
  previousAt: number | undefined,
): AgentState | undefined {
  if (state === undefined || before === undefined) return state;
  const said = before.state;
  const isSame = said?.activity === state.activity && said.reason === state.reason && said.text === state.text;
  return { ...state, since: isSame ? said.since : previousAt };
}

function foregroundOf(pane: TmuxPane, hasChild: ReadonlyMap<number, boolean>): Foreground {
  if (pane.isDead) return "nothing";
  if (!isShellCommand(pane.command)) return "program";
  const child = pane.pid === undefined ? undefined : hasChild.get(pane.pid);
  return child === undefined ? "shell" : child ? "shell-with-child" : "shell-alone";
}

function missingNow(
  panes: readonly TmuxPane[],
  at: number,
  known: PaneLook | undefined,
  previous: PaneLook | undefined,
): ReadonlyMap<string, number> {
  const present = new Set(panes.map(({ paneId }) => paneId));
  const missed = [...(known?.missing ?? [])].map(([id, since]) => [id, previous === undefined ? at : since] as const);
  const left = known?.panes.map(({ pane }) => [pane.paneId, at] as const) ?? [];
  return bounded([...missed, ...left].filter(([id]) => !present.has(id)));
}

function bounded<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  return new Map(entries.slice(-mostRemembered));
}
