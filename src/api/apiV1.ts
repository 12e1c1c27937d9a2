// The API for other extensions, on top of the services of the views.
import * as vscode from "vscode";
import type { Services } from "../services";
import type { NtmAssignments, NtmAssignmentsApi, Row, Session, SessionChange, Step } from ".";
import { AssignmentNotFoundError, allowedTransitions, type Assignment, type AssignmentStore } from "../assignment";
import type { SessionSnapshot } from "../session/sessionSnapshot";

type Parts = Pick<Services, "session" | "ownChanges">;

/** Subscribes and creates snapshots only when another extension uses it. */
export class ApiProvider implements vscode.Disposable {
  private api: ApiV1 | undefined;

  constructor(private readonly parts: Parts) {}

  /** The exports of `activate()`. */
  readonly exports: NtmAssignments = {
    getApi: (version: number) => {
      if (version !== 1) throw new RangeError(`NTM Assignments has no API of version ${version}, only 1.`);
      return (this.api ??= new ApiV1(this.parts));
    },
  };

  dispose(): void {
    this.api?.dispose();
  }
}

class ApiV1 implements NtmAssignmentsApi, vscode.Disposable {
  readonly version = 1;
  readonly #changed = new vscode.EventEmitter<SessionChange>();
  readonly onDidChangeSession = this.#changed.event;
  readonly #parts: Parts;
  readonly #subscription: { dispose(): void };
  /** Each snapshot is converted once, so that all callers get the same object. */
  readonly #sessions = new WeakMap<SessionSnapshot, Session>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#subscription = parts.session.onDidChange(({ before, after }) => {
      this.#changed.fire({ before: this.#sessionOf(before), after: this.#sessionOf(after) });
    });
  }

  get session(): Session | undefined {
    return this.#sessionOf(this.#parts.session.snapshot);
  }

  possibleSteps(beadId: string): readonly Step[] {
    const { snapshot } = this.#parts.session;
    const row = snapshot?.isWritable === true ? snapshot.get(beadId) : undefined;
    if (row === undefined || snapshot === undefined) return [];
    // What the user saw in a pane is no step of this version.
    return allowedTransitions(row, snapshot.schema).filter((step) => step !== "resolveDispatch");
  }

  markWorking(beadId: string): Promise<Row> {
    return this.#take(beadId, (store) => store.markWorking(beadId));
  }

  markCompleted(beadId: string): Promise<Row> {
    return this.#take(beadId, (store) => store.markCompleted(beadId));
  }

  markFailed(beadId: string, reason: string): Promise<Row> {
    return this.#take(beadId, (store) => store.markFailed(beadId, reason));
  }

  retry(beadId: string): Promise<Row> {
    return this.#take(beadId, (store) => store.retry(beadId));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** Changes made in this window need no notification, whichever extension made them. */
  async #take(beadId: string, step: (store: AssignmentStore) => Promise<Assignment>): Promise<Row> {
    const { session, ownChanges } = this.#parts;
    if (session.store === undefined) throw new AssignmentNotFoundError(beadId);
    const row = await step(session.store);
    ownChanges.remember([{ beadId, before: undefined, row }]);
    return row;
  }

  #sessionOf(snapshot: SessionSnapshot | undefined): Session | undefined {
    if (snapshot === undefined) return undefined;
    const { sessionName, path, schema, rows, isWritable } = snapshot;
    const session =
      this.#sessions.get(snapshot) ??
      // Copies the rows: iterating a frozen array is many times slower, and the views iterate them often.
      Object.freeze({ sessionName, path, schema, rows: Object.freeze([...rows]), isHealthy: isWritable });
    this.#sessions.set(snapshot, session);
    return session;
  }
}
