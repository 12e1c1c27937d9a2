// The status of each pane. A pane of which nothing is known has none, as without tmux.
import type { Assignment } from "../../assignment";
import { canonicalAgentType } from "../../session/agentType";
import type { Pane } from "../../session/sessionPane";
import type { SessionSnapshot } from "../../session/sessionSnapshot";
import {
  agentSummary,
  noAgents,
  paneAdvice,
  paneMark,
  type AgentCounts,
  type AgentReport,
  type PaneCondition,
} from "../../messages/panes";
import { isFree, type AgentState, type LivePane, type PaneLives } from "../../tmux";
import { activeRows } from "../../tmux/joinPanes";
import { noKnownPanes, type KnownPanes, type PaneStatus } from "./livePanes";

/** A status with its inputs: as long as they are the same, it is reused. */
interface MadeStatus extends PaneStatus {
  readonly state: AgentState | undefined;
  readonly laterProcesses: number;
}

/** @param before returned if nothing changed */
export function knownPanesAfter(
  before: KnownPanes,
  lives: PaneLives,
  snapshot: SessionSnapshot | undefined,
): KnownPanes {
  if (snapshot === undefined || lives.sessionName !== snapshot.sessionName) return noKnownPanes;
  const ledgerPanes = new Map(snapshot.panes.map((pane) => [pane.identity, pane]));
  // While the ledger can't be read, no agent is known to be free.
  const isLedgerKnown = snapshot.health.kind === "ok";
  const paneStatuses = new Map<string, PaneStatus>();
  const counts: Record<keyof AgentCounts, number> = { ...noAgents };
  const keep = (id: string, paneStatus: MadeStatus | undefined): void => {
    const former = before.paneStatuses.get(id) as MadeStatus | undefined;
    if (paneStatus !== undefined) paneStatuses.set(id, isSameStatus(former, paneStatus) ? former : paneStatus);
  };
  for (const pane of lives.panes) {
    const ledgerPane = ledgerPanes.get(pane.paneId);
    const condition = conditionOf(pane, ledgerPane, isLedgerKnown && !mayBeMeant(pane, snapshot.panes));
    count(pane, condition, counts);
    keep(pane.paneId, condition === undefined ? undefined : statusWith(condition, pane));
  }
  for (const { identity, paneId, rows } of snapshot.panes) {
    if (paneId === undefined || lives.pane(paneId) !== undefined) continue;
    const active = activeRows(rows);
    if (lives.gone.has(paneId)) {
      keep(identity, statusWith("gone", noAgent, active.length > 0));
      if (active.length > 0) counts.gone++;
    } else if (active.some((row) => isOfEarlierRun(row, lives))) keep(identity, statusWith("earlier-run", noAgent));
  }
  const withoutRows = lives.panes
    .filter((pane) => pane.agentType !== undefined && !ledgerPanes.has(pane.paneId))
    .map((pane) => unassignedPane(pane, lives, snapshot.panes, before.withoutRows));
  const summary = agentSummary(counts);
  const isSame =
    before.lives === lives &&
    before.summary === summary &&
    isSameList(before.withoutRows, withoutRows) &&
    paneStatuses.size === before.paneStatuses.size &&
    [...paneStatuses].every(([id, paneStatus]) => before.paneStatuses.get(id) === paneStatus);
  if (isSame) return before;
  return {
    lives,
    paneStatuses,
    withoutRows: isSameList(before.withoutRows, withoutRows) ? before.withoutRows : withoutRows,
    summary,
  };
}

function conditionOf(pane: LivePane, ledgerPane: Pane | undefined, isLoadKnown: boolean): PaneCondition | undefined {
  if (pane.life === "agent-exited") return "agent-exited";
  const isOfEarlierRun =
    pane.activeRows.length === 0 && ledgerPane !== undefined && activeRows(ledgerPane.rows).length > 0;
  if (isOfEarlierRun) return "earlier-run";
  if (pane.agentType === undefined || pane.life !== "alive") return undefined;
  const { state } = pane;
  if (state?.activity === "waiting" || state?.activity === "limit" || state?.activity === "error")
    return state.activity;
  if (pane.runsUnderShell) return "under-shell";
  if (pane.laterProcesses > 0) return "background";
  if (pane.activeRows.length > 0) return state?.activity === "idle" ? "idle" : undefined;
  if (state?.activity === "working") return "busy";
  return isLoadKnown && isFree(pane) ? "free" : undefined;
}

/** A row in flight that has no tmux pane ID may be in any pane with its index. */
function mayBeMeant({ index }: LivePane, panes: readonly Pane[]): boolean {
  return panes.some((pane) => pane.paneId === undefined && pane.index === index && activeRows(pane.rows).length > 0);
}

function isOfEarlierRun(row: Assignment, lives: PaneLives): boolean {
  return lives.lifeOf(row) === "earlier-run";
}

const noAgent: AgentReport = { state: undefined, laterProcesses: 0 };

function statusWith(condition: PaneCondition, report: AgentReport, isWarning = warnings.has(condition)): MadeStatus {
  const { state, laterProcesses } = report;
  const isReported = reported.has(condition);
  return {
    condition,
    isWarning,
    mark: (now) => paneMark(condition, report, now),
    advice: paneAdvice(condition),
    state: isReported ? state : undefined,
    laterProcesses: condition === "background" ? laterProcesses : 0,
  };
}

const warnings: ReadonlySet<PaneCondition> = new Set(["waiting", "limit", "error", "under-shell", "agent-exited"]);

/** What the agent itself reported. */
const reported: ReadonlySet<PaneCondition> = new Set(["waiting", "limit", "error", "idle", "background", "busy"]);

function isSameStatus(before: MadeStatus | undefined, after: MadeStatus): before is MadeStatus {
  const [a, b] = [before?.state, after.state];
  return (
    before?.condition === after.condition &&
    before.isWarning === after.isWarning &&
    before.laterProcesses === after.laterProcesses &&
    a?.since === b?.since &&
    a?.reason === b?.reason &&
    a?.text === b?.text
  );
}

function count(pane: LivePane, condition: PaneCondition | undefined, counts: Record<keyof AgentCounts, number>): void {
  if (pane.agentType === undefined) return;
  counts.agents++;
  if (condition === "waiting" || condition === "limit" || condition === "free") counts[condition]++;
  else if (condition === "agent-exited") counts.exited++;
  else if (pane.life === "alive" && (pane.activeRows.length > 0 || isOccupied(condition))) counts.working++;
}

/** Whether an agent without a bead works all the same. */
function isOccupied(condition: PaneCondition | undefined): boolean {
  return condition === "busy" || condition === "background";
}

/** A pane of tmux in the form of a ledger's pane. */
function unassignedPane(
  { paneId, index, agentType = "" }: LivePane,
  lives: PaneLives,
  ledgerPanes: readonly Pane[],
  before: readonly Pane[],
): Pane {
  const hasSameIndex = (other: { paneId: string | undefined; index: number }): boolean =>
    other.index === index && other.paneId !== paneId;
  const isAmbiguous = lives.panes.some(hasSameIndex) || ledgerPanes.some(hasSameIndex);
  const type = canonicalAgentType(agentType);
  const known = before.find((pane) => pane.identity === paneId);
  if (known?.index === index && known.isAmbiguous === isAmbiguous && known.agentType === type) return known;
  return { identity: paneId, paneId, index, isAmbiguous, agentType: type, agentName: undefined, rows: [] };
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}
