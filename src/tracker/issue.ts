// A line of the tracker's `issues.jsonl`. Names are the file's own; only the fields that are used here are kept.
import type { IssuesState } from "./issuesFile";

export interface Dependency {
  readonly depends_on_id: string;
  /** `blocks`, `parent-child`, `related` and others. */
  readonly type: string;
}

export interface Issue {
  readonly id: string;
  readonly title: string;
  /** `open`, `in_progress`, `closed`, `tombstone` (deleted) and others; empty when the file doesn't say. */
  readonly status: string;
  readonly assignee: string | undefined;
  /** 0 is the most urgent. */
  readonly priority: number | undefined;
  readonly issue_type: string | undefined;
  readonly labels: readonly string[];
  readonly dependencies: readonly Dependency[];
  /** Timestamps are RFC 3339. */
  readonly updated_at: string | undefined;
  readonly closed_at: string | undefined;
  readonly close_reason: string | undefined;
}

/**
 * `undefined` for what is no issue: not an object, or without an id. A field of another kind than expected counts as absent:
 * the rest is still worth showing. Fields are picked by hand, because a schema with a fallback for each takes ten times as
 * long as parsing the line, and a tracker has a hundred thousand of them.
 */
export function decodeIssue(value: unknown): Issue | undefined {
  if (!isRecord(value)) return undefined;
  const id = value["id"];
  if (typeof id !== "string" || id === "") return undefined;
  const priority = value["priority"];
  return {
    id,
    title: text(value["title"]) ?? "",
    status: text(value["status"]) ?? "",
    assignee: text(value["assignee"]),
    priority: typeof priority === "number" ? priority : undefined,
    issue_type: text(value["issue_type"]),
    labels: list(value["labels"], text),
    dependencies: list(value["dependencies"], dependency),
    updated_at: text(value["updated_at"]),
    closed_at: text(value["closed_at"]),
    close_reason: text(value["close_reason"]),
  };
}

export function isSameIssue(a: Issue, b: Issue): boolean {
  return (
    a.updated_at === b.updated_at &&
    a.status === b.status &&
    a.assignee === b.assignee &&
    a.title === b.title &&
    a.priority === b.priority &&
    a.issue_type === b.issue_type &&
    a.closed_at === b.closed_at &&
    a.close_reason === b.close_reason &&
    a.id === b.id &&
    isSameList(a.labels, b.labels, (left, right) => left === right) &&
    isSameList(a.dependencies, b.dependencies, isSameDependency)
  );
}

function isSameDependency(a: Dependency, b: Dependency): boolean {
  return a.depends_on_id === b.depends_on_id && a.type === b.type;
}

function isSameList<T>(a: readonly T[], b: readonly T[], isSame: (left: T, right: T) => boolean): boolean {
  return (
    a.length === b.length &&
    a.every((left, index) => {
      const right = b[index];
      return right !== undefined && isSame(left, right);
    })
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function dependency(value: unknown): Dependency | undefined {
  if (!isRecord(value)) return undefined;
  const dependsOn = text(value["depends_on_id"]);
  return dependsOn === undefined ? undefined : { depends_on_id: dependsOn, type: text(value["type"]) ?? "" };
}

const emptyList: readonly never[] = [];

/** The elements that fit; what is no list counts as empty. */
function list<T>(value: unknown, pick: (element: unknown) => T | undefined): readonly T[] {
  if (!Array.isArray(value) || value.length === 0) return emptyList;
  const picked: T[] = [];
  for (const element of value as readonly unknown[]) {
    const fitting = pick(element);
    if (fitting !== undefined) picked.push(fitting);
  }
  return picked;
}

export interface TrackedBead {
  readonly title: string;
  /** Empty when the tracker doesn't say. */
  readonly status: string;
  readonly priority: number | undefined;
  readonly issueType: string | undefined;
  readonly labels: readonly string[];
  readonly assignee: string | undefined;
  /** The beads that must be closed before this one can be started. */
  readonly waitsFor: readonly Issue[];
  /** Whether this may be older than the tracker's database. */
  readonly mayLag?: boolean;
}

/** Dependencies that `br` takes for blockers; that of a child on its parent is a matter of the parent's own blockers. */
const blockingTypes = new Set(["blocks", "conditional-blocks", "waits-for"]);

/** `undefined`: the tracker wasn't read, or doesn't have the bead. */
export function trackedBead(beadId: string, tracker: IssuesState | undefined): TrackedBead | undefined {
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
