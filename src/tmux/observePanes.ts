// Adds to what tmux lists what the system knows of the processes of the panes. It is asked only where that makes a difference.
import { countLaterProcesses, findChildren, isShellCommand } from "./childProcesses";
import { isAgentPane, type ShownSession } from "./joinPanes";
import { agentTypeOfTitle, type TmuxPane } from "./paneFormat";
import { nextObservation, turnsOfIdlePanes, withLaterProcesses, type PaneObservation } from "./paneObservation";

export interface ObserveOptions {
  readonly shownSession: () => ShownSession | undefined;
  readonly findChildren?: typeof findChildren;
  readonly countLaterProcesses?: typeof countLaterProcesses;
}

/**
 * @param at when tmux was asked, in milliseconds since 1970
 * @param before the previous observation
 */
export async function observePanes(
  panes: readonly TmuxPane[],
  at: number,
  before: PaneObservation | undefined,
  options: ObserveOptions,
): Promise<PaneObservation> {
  const hasChild = await childrenOf(panes, before, options);
  const look = nextObservation(before, { at, panes, hasChild });
  return withLaterProcesses(look, await laterProcessesOf(look, options));
}

/** Of the agents' panes that have a shell in the foreground. */
async function childrenOf(
  panes: readonly TmuxPane[],
  before: PaneObservation | undefined,
  options: ObserveOptions,
): Promise<ReadonlyMap<number, boolean>> {
  const shown = options.shownSession();
  const ledgerPanes = new Map(shown?.panes.map((pane) => [pane.paneId, pane]));
  const titledBefore = new Map(before?.panes.map(({ pane, titledType }) => [pane.paneId, titledType]));
  const inQuestion = panes.filter((pane) => {
    if (pane.sessionName !== shown?.sessionName || pane.isDead || !isShellCommand(pane.command)) return false;
    const titledType = agentTypeOfTitle(pane.title, pane.sessionName) ?? titledBefore.get(pane.paneId);
    return isAgentPane({ pane, titledType }, ledgerPanes.get(pane.paneId));
  });
  const server = panes[0]?.serverPid;
  const pids = inQuestion.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  if (server === undefined || pids.length === 0) return new Map();
  return (options.findChildren ?? findChildren)(pids, server);
}

/** By the process of a pane. An agent that says that it is idle may have left something running. */
async function laterProcessesOf(look: PaneObservation, options: ObserveOptions): Promise<ReadonlyMap<number, number>> {
  const { sessionName } = options.shownSession() ?? {};
  if (sessionName === undefined || look.serverPid === undefined) return new Map();
  const turns = turnsOfIdlePanes(look, sessionName);
  return (options.countLaterProcesses ?? countLaterProcesses)(turns, look.serverPid);
}
