// The nouns of the tree. A node is an identity: it stays the same object from refresh to refresh, and what it shows now
// is asked of the tree. So selection, expansion and the editor's own bookkeeping survive every change of the ledger.

/** What the first level of the tree is made of. */
export type Grouping = "pane" | "status" | "agent";

/** One pane of the session; `identity` is tmux's `%N`, else the integer label. */
export interface PaneNode {
  readonly kind: "pane";
  readonly id: string;
  readonly identity: string;
}

/** All rows in one status. */
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

export type GroupNode = PaneNode | StatusNode | AgentNode;

/** The finished rows of a group, folded. */
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
