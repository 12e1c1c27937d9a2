// What other extensions may use. This file needs nothing but `vscode`: copy it into your extension, and ask for the API:
//
//   const extension = vscode.extensions.getExtension<NtmAssignments>("ntm-assignments.ntm-assignments");
//   const api = (await extension?.activate())?.getApi(1);
//   api?.onDidChangeSession(({ after }) => console.log(after?.rows.length));
import type { Event } from "vscode";

/** What `activate()` returns. */
export interface NtmAssignments {
  /**
   * The API of a version. Within a version things are only added; what breaks somebody gets a new number.
   * @throws {RangeError} for a version that this release doesn't have
   */
  getApi(version: 1): NtmAssignmentsApi;
}

export interface NtmAssignmentsApi {
  readonly version: 1;
  /** The session that the views show; `undefined` while there is none, and until the first reading is over. */
  readonly session: Session | undefined;
  /** After the session's ledger changed, by whomever, or another session was chosen. */
  readonly onDidChangeSession: Event<SessionChange>;
  /**
   * What may be done to a row as it was last read; empty when there is no such row, or the ledger can't be written.
   * By the time a step is taken that may have changed.
   */
  possibleSteps(beadId: string): readonly Step[];
  /**
   * Takes a step, as a click in the view does: under the lock, against what is on disk then.
   * @returns the row as it is on disk afterwards
   * @throws when the step isn't allowed, ntm is busy with the row, another process changed it meanwhile, or the ledger
   * can't be read, locked or saved; the ledger is then as it was. The error's `name` tells which.
   */
  markWorking(beadId: string): Promise<Row>;
  markCompleted(beadId: string): Promise<Row>;
  /** @param reason is kept in the row's `fail_reason` */
  markFailed(beadId: string, reason: string): Promise<Row>;
  /** Puts a failed row back to `assigned`. No prompt is sent to the agent. */
  retry(beadId: string): Promise<Row>;
}

/** What a session's ledger held at one moment; it never changes, a change makes a new one. */
export interface Session {
  readonly sessionName: string;
  /** The ledger's file. */
  readonly path: string;
  /** The ledger's `version`: 1 or 9. */
  readonly schema: number;
  /** Ordered by pane, then by the time of assignment, then by bead id. A row that didn't change is the same object. */
  readonly rows: readonly Row[];
  /** Whether the ledger could be read whole and may be written. If not, the rows are the best or the last to be had. */
  readonly isHealthy: boolean;
}

/** A side is `undefined` while there is no session. */
export interface SessionChange {
  readonly before: Session | undefined;
  readonly after: Session | undefined;
}

/** One bead given to one agent; the ledger's own fields, with all that aren't named here. Their texts come from agents. */
export interface Row {
  readonly bead_id: string;
  readonly bead_title: string;
  readonly pane: number;
  readonly agent_type: string;
  readonly agent_name?: string;
  /** `assigned`, `working`, `completed`, `failed`, `reassigned`, `claiming`, `claimed`, or what a later ntm may add. */
  readonly status: string;
  /** RFC 3339, up to nanoseconds. */
  readonly assigned_at: string;
}

export type Step = "markWorking" | "markCompleted" | "markFailed" | "retry" | "reassign" | "remove";
