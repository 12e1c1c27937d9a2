// The live panes of one session, joined with its ledger: an immutable value. What isn't known is `unknown`.
import { paneId, type Assignment } from "../assignment";
import type { AgentState } from "./agentState";
import { assignedAt } from "./joinPanes";

/**
 * - `alive`: its agent runs there
 * - `agent-exited`: the pane is there, and its agent isn't
 * - `gone`: the pane was closed
 * - `earlier-run`: the row is from before the session was created; a pane with the same id now is another pane
 */
export type PaneLife = "alive" | "agent-exited" | "gone" | "earlier-run" | "unknown";

/** A pane that tmux has in the session. */
export interface LivePane {
  /** `%N`. */
  readonly paneId: string;
  /** `@N`. */
  readonly windowId: string;
  readonly window: number;
  /** The index within the window, which ledgers call `pane`. */
  readonly index: number;
  /** As ntm or the ledger writes it; `undefined`: no agent's pane, as far as is known. */
  readonly agentType: string | undefined;
  /** The program in the foreground of a pane that is no agent's. */
  readonly command: string | undefined;
  readonly life: "alive" | "agent-exited" | "unknown";
  /** Whether its agent lives under a shell: ntm takes it for exited, and sends nothing there. */
  readonly runsUnderShell: boolean;
  /** The state that its agent reports, if it is about the agent's present row. */
  readonly state: AgentState | undefined;
  /** How many processes its agent started in its last turn and still run, while it says that it is idle. */
  readonly laterProcesses: number;
  /** The name under which Agent Mail delivers to it, if ntm has recorded one. */
  readonly mailName: string | undefined;
  /** The rows of this run that occupy it. */
  readonly activeRows: readonly Assignment[];
}

/**
 * Whether tmux has the session:
 * - `live`: it has
 * - `absent`: the server that was asked doesn't; another one may
 */
export type SessionLife = "live" | "absent" | "unknown";

export class PaneLives {
  private readonly byId: ReadonlyMap<string, LivePane>;

  constructor(
    readonly sessionName: string | undefined,
    readonly session: SessionLife,
    /** When the session was created, as far as this server had it: milliseconds since 1970. */
    readonly sessionCreated: number | undefined,
    /** By window and index. Unchanged ones are the same objects as before. */
    readonly panes: readonly LivePane[],
    /** The ids of panes that rows of this run name, and that were closed. */
    readonly gone: ReadonlySet<string>,
    /** All sessions of the server that was asked; `undefined` where that isn't known. */
    readonly sessionNames: ReadonlySet<string> | undefined,
  ) {
    this.byId = new Map(panes.map((pane) => [pane.paneId, pane]));
  }

  pane(id: string): LivePane | undefined {
    return this.byId.get(id);
  }

  /** The agent panes whose agent runs and has nothing to do. */
  get freePanes(): readonly LivePane[] {
    return this.panes.filter(isFree);
  }

  /** How the pane of a row lives, as far as that row is concerned. */
  lifeOf(row: Assignment): PaneLife {
    const id = paneId(row);
    const time = assignedAt(row);
    if (id === undefined || time === undefined || this.sessionCreated === undefined) return "unknown";
    if (time < this.sessionCreated) return "earlier-run";
    if (this.gone.has(id)) return "gone";
    return this.byId.get(id)?.life ?? "unknown";
  }

  /** Whether another row occupies the same pane in this run. */
  isShared(row: Assignment): boolean {
    const rows = this.byId.get(paneId(row) ?? "")?.activeRows ?? [];
    return rows.length > 1 && rows.includes(row);
  }

  /** What the agent says about this row: only of the newest that occupies its pane. */
  stateOf(row: Assignment): AgentState | undefined {
    const pane = this.byId.get(paneId(row) ?? "");
    return pane?.activeRows.at(-1) === row ? pane.state : undefined;
  }
}

/** Whether a bead can be assigned to its agent: it runs, and neither a bead nor what it started keeps it busy. */
export function isFree({ agentType, life, activeRows, runsUnderShell, state, laterProcesses }: LivePane): boolean {
  const isAvailable = state === undefined || state.activity === "idle";
  const hasNothing = activeRows.length === 0 && laterProcesses === 0;
  return agentType !== undefined && life === "alive" && !runsUnderShell && isAvailable && hasNothing;
}

export const nothingKnown = new PaneLives(undefined, "unknown", undefined, [], new Set(), undefined);
