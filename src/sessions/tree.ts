// The list of sessions as a value: labelled ones under their project, and those that nothing happens in folded away.
import type { AssignmentStats, LedgerHealth } from "../assignment";
import type { SessionEntry } from "../session/sessionList";
import { labelOf, projectOf } from "../session/sessionName";
import type { ProjectNode, QuietNode, SessionNode, SessionsNode } from "./nodes";

/** What is known of a session; numbers and health come later than the name. */
export interface KnownSession {
  readonly entry: SessionEntry;
  readonly stats: AssignmentStats | undefined;
  readonly health: LedgerHealth | undefined;
  readonly isActive: boolean;
  readonly isPinned: boolean;
}

/** A session that nobody saved for this long is quiet, whatever its rows say: its swarm is gone. */
const quietAfterMs = 7 * 86_400_000;

export class SessionsTree {
  private readonly sessions: ReadonlyMap<string, KnownSession>;
  private readonly childrenOf = new Map<string, readonly SessionsNode[]>();
  private readonly parents = new Map<string, SessionsNode>();
  private readonly nodes = new Map<string, SessionsNode>();
  readonly roots: readonly SessionsNode[];

  /**
   * @param now milliseconds since 1970
   * @param before lends its nodes, so that what is still there stays the same object
   */
  constructor(sessions: readonly KnownSession[], now: number, before?: SessionsTree) {
    this.sessions = new Map(sessions.map((session) => [session.entry.sessionName, session]));
    const lively = sessions.filter((session) => !isQuiet(session, now));
    const quiet = sessions.filter((session) => isQuiet(session, now));
    const byProject = new Map<string, KnownSession[]>();
    for (const session of lively) {
      const project = projectOf(session.entry.sessionName);
      byProject.set(project, [...(byProject.get(project) ?? []), session]);
    }
    const keep = <Node extends SessionsNode>(node: Node): Node => {
      // An id has its kind in front: what has the same id is of the same kind.
      const kept = (before?.nodes.get(node.id) ?? node) as Node;
      this.nodes.set(node.id, kept);
      return kept;
    };
    const adopt = (parent: ProjectNode | QuietNode, members: readonly KnownSession[]): SessionsNode => {
      const kept = keep(parent);
      const children = members.map((member) => keep(sessionNode(member)));
      this.childrenOf.set(kept.id, children);
      for (const child of children) this.parents.set(child.id, kept);
      return kept;
    };
    const roots = Array.from(byProject, ([project, members]) => {
      const [only] = members;
      const standsAlone = members.length === 1 && only !== undefined && !isLabelled(only);
      return standsAlone ? keep(sessionNode(only)) : adopt(projectNode(project), members);
    });
    this.roots = quiet.length === 0 ? roots : [...roots, adopt({ kind: "quiet", id: "quiet" }, quiet)];
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

function isQuiet({ entry, stats, health, isActive, isPinned }: KnownSession, now: number): boolean {
  if (isActive || isPinned || entry.trouble !== undefined) return false;
  if (health !== undefined && health.kind !== "ok") return false;
  const isOld = entry.savedAt !== undefined && now - entry.savedAt > quietAfterMs;
  return isOld || (stats !== undefined && openCount(stats) === 0);
}
