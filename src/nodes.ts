// The nodes of the trees. A node is an identity: it stays the same object from refresh to refresh, so that the editor
// keeps selection and expansion. What a node shows is looked up in the tree.

/** The nodes of the first level. */
export type Grouping = "pane" | "status" | "agent" | "attention";

/** One pane of the session; `identity` is tmux's `%N`, else the pane index. */
export interface PaneNode {
  readonly kind: "pane";
  readonly id: string;
  readonly identity: string;
}

/** All rows with one status. */
export interface StatusNode {
  readonly kind: "status";
  readonly id: string;
  readonly status: string;
}

/** All rows of one type of agent, under the type's canonical name. */
export interface AgentNode {
  readonly kind: "agent";
  readonly id: string;
  readonly agentType: string;
}

/** What the user has to do, in the order of the groups. */
export const attentionGroups = [
  "needs-attention",
  "working",
  "waiting-to-start",
  "idle",
  "snoozed",
  "finished",
] as const;
export type AttentionGroup = (typeof attentionGroups)[number];

/** All rows that ask the same of the user; panes without rows in flight are in some of these groups, too. */
export interface AttentionNode {
  readonly kind: "attention";
  readonly id: string;
  readonly group: AttentionGroup;
}

export type GroupNode = PaneNode | StatusNode | AgentNode | AttentionNode;

/** The finished rows of a group, collapsed. */
export interface FinishedNode {
  readonly kind: "finished";
  readonly id: string;
  readonly group: GroupNode;
}

/** One row of the ledger: one bead. */
export interface RowNode {
  readonly kind: "row";
  readonly id: string;
  readonly beadId: string;
}

export type BeadsNode = GroupNode | FinishedNode | RowNode;

/** A bead that can be started, as the tracker says. */
export interface ReadyNode {
  readonly kind: "ready";
  readonly id: string;
  readonly beadId: string;
}

/** A session, which may be one of several of a project (`project--label`). */
export interface SessionNode {
  readonly kind: "session";
  readonly id: string;
  readonly sessionName: string;
}

/** A project with several sessions, or with labelled ones only. */
export interface ProjectNode {
  readonly kind: "project";
  readonly id: string;
  readonly project: string;
}

/** The sessions without open rows, collapsed. */
export interface InactiveNode {
  readonly kind: "inactive";
  readonly id: string;
}

export type SessionsNode = SessionNode | ProjectNode | InactiveNode;
