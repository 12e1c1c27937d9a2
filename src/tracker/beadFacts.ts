// What the tracker knows of a bead that is worth a line beside it.
import type { Issue } from "./issue";
import type { IssuesState } from "./issuesFile";

export interface BeadFacts {
  readonly title: string;
  /** Empty when the tracker doesn't say. */
  readonly status: string;
  readonly priority: number | undefined;
  readonly issueType: string | undefined;
  readonly labels: readonly string[];
  readonly assignee: string | undefined;
  /** The beads that must be closed before this one can be started. */
  readonly waitsFor: readonly Issue[];
}

/** Dependencies that `br` takes for blockers; that of a child on its parent is a matter of the parent's own blockers. */
const blockingTypes = new Set(["blocks", "conditional-blocks", "waits-for"]);

/** `undefined`: the tracker wasn't read, or doesn't have the bead. */
export function beadFacts(beadId: string, tracker: IssuesState | undefined): BeadFacts | undefined {
  if (tracker?.kind !== "read") return undefined;
  const issue = tracker.issues.get(beadId);
  if (issue === undefined) return undefined;
  return {
    title: issue.title,
    status: issue.status,
    priority: issue.priority,
    issueType: issue.issue_type,
    labels: issue.labels,
    assignee: issue.assignee,
    waitsFor: isOpen(issue) ? openBlockers(issue, tracker.issues) : [],
  };
}

/** Only those of this tracker that are known to be open: nothing is said of dependencies on other projects. */
function openBlockers(issue: Issue, issues: ReadonlyMap<string, Issue>): Issue[] {
  const ids = issue.dependencies
    .filter((dependency) => blockingTypes.has(dependency.type))
    .map((dependency) => dependency.depends_on_id);
  return [...new Set(ids)].flatMap((id) => {
    const blocker = issues.get(id);
    return blocker !== undefined && isOpen(blocker) ? [blocker] : [];
  });
}

/** Whether the tracker says that it isn't closed or deleted. */
function isOpen({ status }: Issue): boolean {
  return status !== "closed" && status !== "tombstone" && status !== "";
}
