// The session that the views show, and its ledger as it changes on disk.
import type { AssignmentStore } from "../assignment";
import type { Disposable, Event } from "../util/event";
import type { SessionList } from "./sessionList";
import type { SessionSnapshot } from "./snapshot";

/**
 * What changed: another session, or the same one's ledger. A side is absent while there is no active session.
 * Rows that didn't change are the same object on both sides; so is a row that an own change returned and the `after` side.
 */
export interface SessionChange {
  readonly before: SessionSnapshot | undefined;
  readonly after: SessionSnapshot | undefined;
}

export declare class ActiveSession implements Disposable {
  /** After the snapshot was replaced; never for a reading that found nothing new. */
  readonly onDidChange: Event<SessionChange>;
  /** After the list of sessions changed. */
  readonly onDidChangeList: Event<SessionList>;
  /** Where the session folders are. */
  get storageDir(): string;
  /** `undefined` until the first reading is over, and while there is no session. */
  get snapshot(): SessionSnapshot | undefined;
  /** The active session's store: what changes go through. */
  get store(): AssignmentStore | undefined;
  /** The sessions found when the storage folder was last looked at. */
  get list(): SessionList;
  /** The session pinned to this workspace, whether it exists or not. */
  get pinned(): string | undefined;
  /** Looks at the storage folder and reads the active ledger again. */
  refresh(): Promise<void>;
  /** Makes a session the active one in this window, until it vanishes or another one is chosen. */
  switchTo(sessionName: string): Promise<void>;
  /** Keeps a session the active one in this workspace; `undefined`: goes back to the rule. */
  pin(sessionName: string | undefined): Promise<void>;
  dispose(): void;
}
