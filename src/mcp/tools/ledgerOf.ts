// The ledger of a call. Read again for each call: calls are rare, and the ledger may appear or be deleted.
import {
  InvalidSessionNameError,
  isPaneId,
  loadStore,
  storageDir,
  type Assignment,
  type AssignmentStore,
} from "../../assignment";
import { ProgramError, runProgram } from "../../util/program";
import { refusal, type ToolAnswer, quoted } from "./answer";
import { problemText } from "./refusals";

export interface AgentContext extends AgentEnvironment {
  /** Where the session folders are. Default: ntm's own folder. */
  readonly storageDir?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The ledger of the session, and the agent's own pane in it. */
export interface OwnLedger {
  readonly store: AssignmentStore;
  readonly location: AgentLocation;
}

/** For the tools that concern the agent's own row: tmux must know the pane, as rows of earlier runs may name the same one. */
export async function ownLedger(context: AgentContext): Promise<OwnLedger | ToolAnswer> {
  const location = await locateAgent(context);
  if (typeof location === "string") return locationRefusal(location, context);
  const store = await openLedger(context, location.sessionName);
  return "isError" in store ? store : { store, location };
}

/** For the tools that read the session: outside tmux the session's name is enough. */
export async function sessionLedger(
  context: AgentContext,
): Promise<{ readonly store: AssignmentStore; readonly location: AgentLocation | undefined } | ToolAnswer> {
  const location = await locateAgent(context);
  const known = typeof location === "string" ? undefined : location;
  const sessionName = context.sessionName ?? known?.sessionName;
  if (sessionName === undefined) return locationRefusal(typeof location === "string" ? location : "no-pane", context);
  const store = await openLedger(context, sessionName);
  return "isError" in store ? store : { store, location: known };
}

/** A row that was found. Not the row itself: its unknown fields may have any name, also those of an answer. */
export interface FoundRow {
  readonly row: Assignment;
}

/** Any row of the session. */
export function rowNamed(store: AssignmentStore, beadId: string): FoundRow | ToolAnswer {
  const row = store.get(beadId);
  if (row !== undefined) return { row };
  return refusal(
    "no-bead",
    `The ledger of the session ${quoted(store.sessionName)} has no bead ${quoted(beadId)}.`,
    "Ask for list to see which there are.",
  );
}

/** Refuses a ledger of which nothing can be read: what it doesn't show may be there all the same. */
async function openLedger(context: AgentContext, sessionName: string): Promise<AssignmentStore | ToolAnswer> {
  try {
    const store = await loadStore(sessionName, { storageDir: context.storageDir ?? storageDir() });
    if (store.health.kind !== "unreadable") return store;
    return refusal("ledger-trouble", problemText(store.health), "Tell the user.");
  } catch (error) {
    if (!(error instanceof InvalidSessionNameError)) throw error;
    return refusal(
      "no-session",
      `The session is called ${quoted(sessionName)}, which ntm doesn't allow, so it has no ledger.`,
      "Work without these tools, or start the server with --session NAME.",
    );
  }
}

function locationRefusal(problem: LocationProblem, { env, sessionName }: AgentContext): ToolAnswer {
  const paneId = env["TMUX_PANE"] ?? "";
  switch (problem) {
    case "no-pane":
      return isPaneId(paneId)
        ? refusal("no-session", "The session isn't known.", "Start the server with --session NAME.")
        : refusal(
            "no-pane",
            "This server wasn't told in which tmux pane it runs: TMUX_PANE isn't set.",
            sessionName === undefined
              ? "Have the agent's MCP configuration pass TMUX and TMUX_PANE on, or start the server with --session NAME to read a session."
              : "Have the agent's MCP configuration pass TMUX and TMUX_PANE on; list and explain work without them.",
          );
    case "no-tmux":
      return refusal("no-tmux", "The tmux program wasn't found.", "Put tmux on the server's PATH.");
    case "unknown-pane":
      return refusal(
        "no-tmux",
        sessionName === undefined
          ? `tmux doesn't know the pane ${paneId}, or doesn't answer.`
          : `tmux has no session ${quoted(sessionName)}, or doesn't answer.`,
        "Have the agent's MCP configuration pass TMUX and TMUX_PANE on, and start the agent anew in a pane that ntm made.",
      );
    case "other-session":
      return refusal(
        "not-yours",
        `The pane ${paneId} isn't part of the session ${quoted(sessionName ?? "")}.`,
        "Start the server without --session to speak of the pane's own session.",
      );
  }
}

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
  /** The pane is part of another session than the named one. */
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
