// Where an agent runs: its pane and its session, as tmux lists them. Requested for each call, since panes move and sessions end.
import { isPaneId } from "../assignment";
import { ProgramError, runProgram } from "../util/program";

export interface AgentLocation {
  readonly sessionName: string;
  /** When the session was created, in milliseconds since 1970; tmux counts whole seconds. */
  readonly createdAt: number;
  /** tmux's `%N` of the agent's own pane. */
  readonly paneId: string;
  /** The pane's index, when no other pane of the session has the same; ledgers of schema 1 have nothing else. */
  readonly uniqueIndex: number | undefined;
}

export type LocationProblem =
  /** `TMUX_PANE` isn't set, or is no pane id. */
  | "no-pane"
  /** There is no tmux program. */
  | "no-tmux"
  /** tmux has no such pane or session, or doesn't answer. */
  | "unknown-pane"
  /** The pane belongs to another session than the one named. */
  | "other-session";

export interface AgentEnvironment {
  /** `TMUX_PANE` names the pane, `TMUX` the server. */
  readonly env: NodeJS.ProcessEnv;
  /** The session to use instead of the pane's own. */
  readonly sessionName?: string | undefined;
}

/** A tmux that doesn't answer within this time counts as not there. */
const timeoutMs = 3000;

/** One `tmux list-panes` of the session: it fails for a pane that is gone, where `display-message` answers for another. */
export async function locateAgent({ env, sessionName }: AgentEnvironment): Promise<AgentLocation | LocationProblem> {
  const paneId = env["TMUX_PANE"];
  if (paneId === undefined || !isPaneId(paneId)) return "no-pane";
  const target = sessionName === undefined ? paneId : `=${sessionName}:`;
  const format = ["#{pane_id}", "#{pane_index}", "#{session_created}", "#{session_name}"].join("\t");
  let stdout: string;
  try {
    ({ stdout } = await runProgram("tmux", ["list-panes", "-s", "-t", target, "-F", format], { timeoutMs, env }));
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    return error.failure === "not-found" ? "no-tmux" : "unknown-pane";
  }
  const panes = stdout.split("\n").flatMap(parsePane);
  const own = panes.find((pane) => pane.paneId === paneId);
  if (own === undefined) return sessionName === undefined ? "unknown-pane" : "other-session";
  const isUnique = panes.filter(({ index }) => index === own.index).length === 1;
  return {
    sessionName: own.sessionName,
    createdAt: own.createdAt,
    paneId,
    uniqueIndex: isUnique ? own.index : undefined,
  };
}

interface ListedPane {
  readonly paneId: string;
  readonly index: number;
  readonly createdAt: number;
  readonly sessionName: string;
}

function parsePane(line: string): ListedPane[] {
  const [paneId = "", index = "", created = "", ...name] = line.split("\t");
  if (!isPaneId(paneId) || !/^\d+$/.test(index) || !/^\d+$/.test(created)) return [];
  return [{ paneId, index: Number(index), createdAt: Number(created) * 1000, sessionName: name.join("\t") }];
}
