// Joins tmux's panes with the ledger's rows, by `%N` and by server run. Problems need two observations.
import { type Assignment, epochMilliseconds } from "../assignment";
import type { AgentState } from "./agentState";
import { isUserType } from "./paneFormat";
import { PaneLives, type LivePane } from "./paneLifecycle";
import type { PaneObservation, SeenPane } from "./paneObservation";

/** The session that is shown. */
export interface ShownSession {
  readonly sessionName: string;
  /** The panes in its ledger. */
  readonly panes: readonly LedgerPane[];
}

/** Looks that follow sooner may both have seen the same passing moment, such as an agent that is started anew. */
const shortestConfirmationMs = 1000;

/** @param before returned if nothing changed */
export function joinPanes({ sessionName, panes }: ShownSession, look: PaneObservation, before: PaneLives): PaneLives {
  const seenHere = new Map<string, SeenPane>();
  const present = new Set<string>();
  const sessionNames = new Set<string>();
  for (const seen of look.panes) {
    present.add(seen.pane.paneId);
    sessionNames.add(seen.pane.sessionName);
    // A window that is linked twice into a session is listed twice.
    if (seen.pane.sessionName === sessionName && !seenHere.has(seen.pane.paneId)) seenHere.set(seen.pane.paneId, seen);
  }
  const created = look.sessions.get(sessionName);
  const ledgerPanes = new Map<string, LedgerPane>();
  const gone = new Set<string>();
  if (created !== undefined) {
    for (const pane of panes) {
      const newest = newestOfRun(pane, created);
      if (pane.paneId === undefined || newest === undefined) continue;
      ledgerPanes.set(pane.paneId, pane);
      if (!present.has(pane.paneId) && isGone(pane.paneId, newest, look)) gone.add(pane.paneId);
    }
  }
  const known = before.sessionName === sessionName ? before : undefined;
  const live = [...seenHere.values()]
    .map((seen) => livePane(seen, ledgerPanes.get(seen.pane.paneId), look, known?.pane(seen.pane.paneId)))
    .sort((a, b) => a.window - b.window || a.index - b.index);
  const session = seenHere.size > 0 ? "live" : "absent";
  const after = new PaneLives(sessionName, session, created, live, gone, sessionNames);
  return known !== undefined && isSame(known, after) ? known : after;
}

/** True if the pane's agent is looked for: only then does it matter what runs under a shell. */
export function isAgentPane(seen: Pick<SeenPane, "pane" | "titledType">, ledgerPane: LedgerPane | undefined): boolean {
  return agentTypeOf(seen, ledgerPane) !== undefined;
}

/** What ntm recorded counts for more than a title, which agents rewrite; the pane of a service has no agent. */
function agentTypeOf(
  { pane: { options }, titledType }: Pick<SeenPane, "pane" | "titledType">,
  ledgerPane: LedgerPane | undefined,
): string | undefined {
  const recorded = options["@ntm_agent_type"].trim();
  if (recorded === "" && (isSet(options["@ntm_service"]) || isSet(options["@acfs_service"]))) return undefined;
  const types = [recorded, titledType, ledgerPane?.agentType];
  return types.find((type) => type !== undefined && type.trim() !== "" && !isUserType(type));
}

/** As tmux's own conditions take it. */
function isSet(value: string): boolean {
  return value !== "" && value !== "0";
}

function livePane(
  seen: SeenPane,
  ledgerPane: LedgerPane | undefined,
  look: PaneObservation,
  before: LivePane | undefined,
): LivePane {
  const { pane } = seen;
  const agentType = agentTypeOf(seen, ledgerPane);
  const life = agentType === undefined ? "alive" : agentLife(seen, look.at);
  const active = ledgerPane === undefined ? [] : activeOfRun(ledgerPane.rows, pane.sessionCreated);
  const state = agentType !== undefined && life === "alive" ? countingState(seen, active.at(-1)) : undefined;
  const mailName = pane.options["@ntm_agent_mail_name"].trim();
  const after: LivePane = {
    paneId: pane.paneId,
    windowId: pane.windowId,
    window: pane.window,
    index: pane.index,
    agentType,
    // An agent's own changes with the programs that it starts.
    command: agentType === undefined ? pane.command : undefined,
    life,
    runsUnderShell: agentType !== undefined && seen.foreground === "shell-with-child",
    state,
    laterProcesses: state?.activity === "idle" ? seen.laterProcesses : 0,
    mailName: mailName === "" ? undefined : mailName,
    activeRows: active,
  };
  return before !== undefined && isSamePane(before, after) ? before : after;
}

function agentLife({ foreground, exitedSince }: SeenPane, at: number): LivePane["life"] {
  switch (foreground) {
    case "program":
    case "shell-with-child":
      return "alive";
    case "shell":
      return "unknown";
    case "shell-alone":
    case "nothing":
      return exitedSince !== undefined && at - exitedSince >= shortestConfirmationMs ? "agent-exited" : "unknown";
  }
}

/** A state from before the newest row, or from before the agent was started anew, is about something else. */
function countingState({ state, exitedAt }: SeenPane, newest: Assignment | undefined): AgentState | undefined {
  if (newest === undefined && exitedAt === undefined) return state;
  const from = Math.max(newest === undefined ? 0 : (assignedAt(newest) ?? Infinity), exitedAt ?? 0);
  return state?.since !== undefined && state.since >= from ? state : undefined;
}

/** Both observations must be later than the row. */
function isGone(id: string, newest: Assignment, { at, previousAt, since, missing }: PaneObservation): boolean {
  const time = assignedAt(newest);
  if (previousAt === undefined || time === undefined || time > previousAt) return false;
  return at - (missing.get(id) ?? since) >= shortestConfirmationMs;
}

/** Rows are in the order in which they were assigned. */
function newestOfRun({ rows }: LedgerPane, created: number): Assignment | undefined {
  const newest = rows.at(-1);
  return newest !== undefined && isOfRun(newest, created) ? newest : undefined;
}

function isOfRun(row: Assignment, created: number): boolean {
  const time = assignedAt(row);
  return time !== undefined && time >= created;
}

function activeOfRun(rows: readonly Assignment[], created: number): readonly Assignment[] {
  const active = activeRows(rows);
  const first = active.findIndex((row) => isOfRun(row, created));
  return first === 0 ? active : first < 0 ? [] : active.slice(first);
}

function isSame(a: PaneLives, b: PaneLives): boolean {
  return (
    a.session === b.session &&
    a.sessionCreated === b.sessionCreated &&
    isSameList(a.panes, b.panes) &&
    isSameSet(a.gone, b.gone) &&
    isSameSet(a.sessionNames, b.sessionNames)
  );
}

function isSamePane(a: LivePane, b: LivePane): boolean {
  return (
    a.windowId === b.windowId &&
    a.window === b.window &&
    a.index === b.index &&
    a.agentType === b.agentType &&
    a.command === b.command &&
    a.life === b.life &&
    a.runsUnderShell === b.runsUnderShell &&
    a.laterProcesses === b.laterProcesses &&
    a.mailName === b.mailName &&
    isSameState(a.state, b.state) &&
    isSameList(a.activeRows, b.activeRows)
  );
}

function isSameState(a: AgentState | undefined, b: AgentState | undefined): boolean {
  return a?.activity === b?.activity && a?.reason === b?.reason && a?.text === b?.text && a?.since === b?.since;
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((item, at) => item === b[at]));
}

function isSameSet(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean {
  return a === b || (a?.size === b?.size && [...(a ?? [])].every((item) => b?.has(item) === true));
}

/** A pane as a ledger's rows describe it. */
export interface LedgerPane {
  /** tmux's `%N`; absent when the ledger knows the label alone. */
  readonly paneId: string | undefined;
  readonly agentType: string;
  /** Oldest first. The same array as long as no row changes. */
  readonly rows: readonly Assignment[];
}

const activeRowsOf = new WeakMap<readonly Assignment[], readonly Assignment[]>();

/** The rows that occupy their pane: an agent with one of them isn't free. */
export function activeRows(rows: readonly Assignment[]): readonly Assignment[] {
  let active = activeRowsOf.get(rows);
  if (active === undefined) {
    active = rows.filter(isActive);
    activeRowsOf.set(rows, active);
  }
  return active;
}

/** Whether the row occupies its pane, as ntm sees it. */
function isActive({ status, clear_state }: Assignment): boolean {
  if (status === "assigned" || status === "working" || status === "claiming" || status === "claimed") return true;
  return clear_state !== undefined;
}

/** Milliseconds since 1970; `undefined` for what is no time, and for Go's zero time. */
export function assignedAt(row: Assignment): number | undefined {
  return epochMilliseconds(row.assigned_at);
}
