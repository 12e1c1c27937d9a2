// One observation of a server's panes, and what follows from earlier ones: since when a pane is missing or without its agent.
import { agentTypeOfTitle, type TmuxPane } from "./paneFormat";
import { readAgentState, type AgentState } from "./agentState";
import { isShellCommand } from "./childProcesses";

/** All times are milliseconds since 1970, at which tmux was asked. */
export interface PaneObservation {
  readonly at: number;
  /** The time of the previous observation of this server, if it is recent enough. */
  readonly previousAt: number | undefined;
  readonly serverPid: number | undefined;
  readonly panes: readonly SeenPane[];
  /** Since when observations are continuous. */
  readonly since: number;
  /** The panes that were seen before, and when each was first missing. */
  readonly missing: ReadonlyMap<string, number>;
  /** The sessions of this server, and when each was created. */
  readonly sessions: ReadonlyMap<string, number>;
}

export interface SeenPane {
  readonly pane: TmuxPane;
  /** The last type that ntm gave it in its title, which the agent may have rewritten since. */
  readonly titledType: string | undefined;
  readonly foreground: Foreground;
  /** Since when it is continuously without an agent, if it is. */
  readonly exitedSince: number | undefined;
  /** When it was last seen without an agent. */
  readonly exitedAt: number | undefined;
  /** What its options say, with the time from when on they may count. */
  readonly state: AgentState | undefined;
  /** When its last turn began, in milliseconds since 1970, as far as its options said or say it. */
  readonly turnSince: number | undefined;
  /** How many processes it started since then and still run, while it says that it is idle; 0 if that isn't known. */
  readonly laterProcesses: number;
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

/** Observations further apart than this aren't continuous. */
const longestGapMs = 150_000;
/** No server in use has that many; the oldest are dropped. */
const mostRemembered = 5000;

/** @param before the previous observation */
export function nextObservation(
  before: PaneObservation | undefined,
  { at, panes, hasChild }: PaneAnswer,
): PaneObservation {
  // A server without sessions doesn't report its process id.
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

/** @param previousAt when `before` was observed, if this observation is continuous with it */
function seenPane(
  pane: TmuxPane,
  foreground: Foreground,
  at: number,
  before: SeenPane | undefined,
  previousAt: number | undefined,
): SeenPane {
  const isExited = foreground === "nothing" || foreground === "shell-alone";
  const said = readAgentState(pane.options, at);
  const state = said?.since === undefined ? dated(said, before, previousAt) : said;
  return {
    pane,
    titledType: agentTypeOfTitle(pane.title, pane.sessionName) ?? before?.titledType,
    foreground,
    exitedSince: isExited ? ((previousAt === undefined ? undefined : before?.exitedSince) ?? at) : undefined,
    exitedAt: isExited ? at : before?.exitedAt,
    state,
    turnSince: state?.turnSince ?? (state?.activity === "working" ? state.since : before?.turnSince),
    laterProcesses: 0,
  };
}

/** When the turns of the idle agents of a session began, in milliseconds since 1970, by the process of their pane. */
export function turnsOfIdlePanes({ panes }: PaneObservation, sessionName: string): ReadonlyMap<number, number> {
  const turns = new Map<number, number>();
  for (const { pane, state, turnSince, exitedAt = 0 } of panes) {
    if (pane.sessionName !== sessionName || state?.activity !== "idle") continue;
    // The turn of an agent that exited isn't that of the one that was started after it.
    if (pane.pid !== undefined && turnSince !== undefined && turnSince >= exitedAt) turns.set(pane.pid, turnSince);
  }
  return turns;
}

/** @param counts by the process of a pane */
export function withLaterProcesses(look: PaneObservation, counts: ReadonlyMap<number, number>): PaneObservation {
  if (counts.size === 0) return look;
  const panes = look.panes.map((seen) => ({ ...seen, laterProcesses: counts.get(seen.pane.pid ?? 0) ?? 0 }));
  return { ...look, panes };
}

/** A state without a time is later than the observation before the first that has it. */
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
  known: PaneObservation | undefined,
  previous: PaneObservation | undefined,
): ReadonlyMap<string, number> {
  const present = new Set(panes.map(({ paneId }) => paneId));
  const missed = [...(known?.missing ?? [])].map(([id, since]) => [id, previous === undefined ? at : since] as const);
  const left = known?.panes.map(({ pane }) => [pane.paneId, at] as const) ?? [];
  return bounded([...missed, ...left].filter(([id]) => !present.has(id)));
}

function bounded<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  return new Map(entries.slice(-mostRemembered));
}
