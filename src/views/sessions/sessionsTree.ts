// The list of sessions as a value: labelled ones under their project, inactive ones in a collapsed node.
import type { Assignment, AssignmentStats, LedgerHealth } from "../../assignment";
import type { ActiveSession } from "../../session/activeSession";
import { type SessionEntry, labelOf, projectOf } from "../../session/sessionList";
import { SessionSummaries, type SessionFailures } from "../../session/sessionSummary";
import type { ProjectNode, InactiveNode, SessionNode, SessionsNode } from "../../nodes";
import type { LivePanes } from "../panes/livePanes";

/** A session; counts and health are added after its name is known. */
export interface KnownSession {
  readonly entry: SessionEntry;
  readonly stats: AssignmentStats | undefined;
  readonly health: LedgerHealth | undefined;
  /** Its failed beads; empty for the session that is shown. */
  readonly failed?: readonly Assignment[] | undefined;
  readonly isActive: boolean;
  readonly isPinned: boolean;
  /** Whether the tmux server that was asked has it; `undefined`: not known. */
  readonly isInTmux?: boolean | undefined;
}

/** Without an answer from tmux, a session not saved for this long is inactive, even with open rows. */
const inactiveAfterMs = 7 * 86_400_000;
/** A ledger that was saved so recently belongs to a swarm that runs, maybe in another tmux server. */
const savedRecentlyMs = 120_000;

export class SessionsTree {
  private readonly sessions: ReadonlyMap<string, KnownSession>;
  private readonly childrenOf = new Map<string, readonly SessionsNode[]>();
  private readonly parents = new Map<string, SessionsNode>();
  private readonly nodes = new Map<string, SessionsNode>();
  readonly roots: readonly SessionsNode[];

  /**
   * @param now milliseconds since 1970
   * @param before the previous tree, whose nodes are reused so that they stay the same objects
   */
  constructor(sessions: readonly KnownSession[], now: number, before?: SessionsTree) {
    this.sessions = new Map(sessions.map((session) => [session.entry.sessionName, session]));
    const active = sessions.filter((session) => !isInactive(session, now));
    const inactive = sessions.filter((session) => isInactive(session, now));
    const byProject = new Map<string, KnownSession[]>();
    // The session that is shown comes first.
    for (const session of active.sort((a, b) => Number(b.isActive) - Number(a.isActive))) {
      const project = projectOf(session.entry.sessionName);
      byProject.set(project, [...(byProject.get(project) ?? []), session]);
    }
    const keep = <Node extends SessionsNode>(node: Node): Node => {
      // An ID starts with the node's kind, so nodes with the same ID have the same kind.
      const kept = (before?.nodes.get(node.id) ?? node) as Node;
      this.nodes.set(node.id, kept);
      return kept;
    };
    const adopt = (parent: ProjectNode | InactiveNode, members: readonly KnownSession[]): SessionsNode => {
      const kept = keep(parent);
      const children = members.map((member) => keep(sessionNode(member)));
      this.childrenOf.set(kept.id, children);
      for (const child of children) this.parents.set(child.id, kept);
      return kept;
    };
    const roots = Array.from(byProject, ([project, members]) => {
      const [only] = members;
      const isSingle = members.length === 1 && only !== undefined && !isLabelled(only);
      return isSingle ? keep(sessionNode(only)) : adopt(projectNode(project), members);
    });
    this.roots = inactive.length === 0 ? roots : [...roots, adopt({ kind: "inactive", id: "inactive" }, inactive)];
  }

  has(node: SessionsNode): boolean {
    return this.nodes.has(node.id);
  }

  children(node: SessionsNode | undefined): readonly SessionsNode[] {
    return node === undefined ? this.roots : (this.childrenOf.get(node.id) ?? []);
  }

  parent(node: SessionsNode): SessionsNode | undefined {
    return this.parents.get(node.id);
  }

  session(node: SessionNode): KnownSession | undefined {
    return this.sessions.get(node.sessionName);
  }
}

/** Rows that aren't finished; failed ones are still open. */
function openCount(stats: AssignmentStats): number {
  return stats.total - stats.completed - stats.reassigned;
}

function sessionNode({ entry }: KnownSession): SessionNode {
  return { kind: "session", id: `session:${entry.sessionName}`, sessionName: entry.sessionName };
}

function projectNode(project: string): ProjectNode {
  return { kind: "project", id: `project:${project}`, project };
}

function isLabelled({ entry }: KnownSession): boolean {
  return labelOf(entry.sessionName) !== undefined;
}

/** True if the session no longer runs, as far as tmux reports. */
export function hasEnded({ entry, isInTmux }: KnownSession, now: number): boolean {
  return isInTmux === false && (entry.savedAt === undefined || now - entry.savedAt > savedRecentlyMs);
}

export function isInactive(session: KnownSession, now: number): boolean {
  const { entry, stats, health, isActive, isPinned, isInTmux } = session;
  if (isActive || isPinned || entry.problem !== undefined) return false;
  if (health !== undefined && health.kind !== "ok") return false;
  if (hasEnded(session, now)) return true;
  if (isInTmux === true) return false;
  const isOld = entry.savedAt !== undefined && now - entry.savedAt > inactiveAfterMs;
  return isOld || (stats !== undefined && openCount(stats) === 0);
}

export class KnownSessions {
  private summaries: SessionSummaries | undefined;

  constructor(
    private readonly session: ActiveSession,
    private readonly panes: Pick<LivePanes, "current">,
  ) {}

  /** Without reading a ledger. */
  get known(): readonly KnownSession[] {
    const { list, snapshot, pinned } = this.session;
    const inTmux = this.panes.current.lives?.sessionNames;
    return (list?.entries ?? []).map((entry) => {
      const isActive = entry.sessionName === snapshot?.sessionName;
      const kept = isActive ? snapshot : this.summaries?.kept(entry.sessionName);
      const isPinned = entry.sessionName === pinned;
      const failed = isActive ? undefined : this.summaries?.kept(entry.sessionName)?.failed;
      return {
        failed,
        entry,
        stats: kept?.stats,
        health: kept?.health,
        isActive,
        isPinned,
        isInTmux: inTmux?.has(entry.sessionName),
      };
    });
  }

  /** Reads the ledgers that changed. */
  async read(): Promise<readonly KnownSession[]> {
    await this.readFailures();
    return this.known;
  }

  /** The same. @param isWanted which ledgers are read @returns what failed since they were read before */
  async readFailures(isWanted?: (entry: SessionEntry) => boolean): Promise<readonly SessionFailures[]> {
    const { list, snapshot, storageDir } = this.session;
    if (this.summaries?.storageDir !== storageDir) this.summaries = new SessionSummaries(storageDir);
    const others = (list?.entries ?? []).filter(({ sessionName }) => sessionName !== snapshot?.sessionName);
    return this.summaries.read(others, isWanted);
  }
}
