// The nouns of the list of sessions. Like the beads' nodes they are identities that outlive a refresh.

/** A session, which may be one of several of a project (`project--label`). */
export interface SessionNode {
  readonly kind: "session";
  readonly id: string;
  readonly sessionName: string;
}

/** A project with more than one session, or with labelled ones only. */
export interface ProjectNode {
  readonly kind: "project";
  readonly id: string;
  readonly project: string;
}

/** The sessions without open rows, folded. */
export interface QuietNode {
  readonly kind: "quiet";
  readonly id: string;
}

export type SessionsNode = SessionNode | ProjectNode | QuietNode;
