// The API for other extensions. This file depends only on `vscode`: copy it into your extension and request the API:
//
//   const extension = vscode.extensions.getExtension<NtmAssignments>("ntm-assignments.ntm-assignments");
//   const api = (await extension?.activate())?.getApi(1);
//   api?.onDidChangeSession(({ after }) => console.log(after?.rows.length));
import type { Event } from "vscode";

/** The exports of `activate()`. */
export interface NtmAssignments {
  /**
   * The API of a version. Within a version, members are only added; a breaking change gets a new version.
   * @throws {RangeError} if this release doesn't have the version
   */
  getApi(version: 1): NtmAssignmentsApi;
}

export interface NtmAssignmentsApi {
  readonly version: 1;
  /** The session that the views show; `undefined` if there is none, and until the first read has finished. */
  readonly session: Session | undefined;
  /** Fires after any process changed the session's ledger, or after another session became active. */
  readonly onDidChangeSession: Event<SessionChange>;
  /**
   * The steps allowed for a row as it was last read; empty if there is no such row, or the ledger can't be written.
   * The row may have changed by the time a step is taken.
   */
  possibleSteps(beadId: string): readonly Step[];
  /**
   * Takes a step, as the view's commands do: under the lock, checked against the current state on disk.
   * @returns the row as it is on disk afterwards
   * @throws if the step isn't allowed, ntm is processing the row, another process changed it, or the ledger can't be
   * read, locked or saved. The ledger is then unchanged. The error's `name` identifies the cause.
   */
  markWorking(beadId: string): Promise<Row>;
  markCompleted(beadId: string): Promise<Row>;
  /** @param reason is stored in the row's `fail_reason` */
  markFailed(beadId: string, reason: string): Promise<Row>;
  /** Sets a failed row to `assigned`. No prompt is sent to the agent. */
  retry(beadId: string): Promise<Row>;
}

/** The content of a session's ledger at one time. Immutable; a change creates a new snapshot. */
export interface Session {
  readonly sessionName: string;
  /** Path of the ledger's file. */
  readonly path: string;
  /** The ledger's `version`: 1 or 9. */
  readonly schema: number;
  /** Ordered by pane, assignment time and bead ID. An unchanged row is the same object. */
  readonly rows: readonly Row[];
  /**
   * Whether the ledger could be read completely and can be written. If not, the rows are the best or the last ones that
   * could be read.
   */
  readonly isHealthy: boolean;
}

/** A side is `undefined` if there was no active session. */
export interface SessionChange {
  readonly before: Session | undefined;
  readonly after: Session | undefined;
}

/**
 * One bead assigned to one agent: the ledger's own fields, including those not declared here. Texts come from agents.
 */
export interface Row {
  readonly bead_id: string;
  readonly bead_title: string;
  readonly pane: number;
  readonly agent_type: string;
  readonly agent_name?: string;
  /** `assigned`, `working`, `completed`, `failed`, `reassigned`, `claiming`, `claimed`, or a status of a later ntm. */
  readonly status: string;
  /** RFC 3339, up to nanoseconds. */
  readonly assigned_at: string;
}

export type Step = "markWorking" | "markCompleted" | "markFailed" | "retry" | "reassign" | "remove";
