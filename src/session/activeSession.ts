// The session that the views show, and its ledger as it changes on disk.
import { newStore, storageDir, InvalidSessionNameError, isValidSessionName, type AssignmentStore } from "../assignment";
import type { Log } from "../util/log";
import { Emitter, type Disposable } from "../util/event";
import { SerialTask } from "../util/serialTask";
import { selectSession } from "./selectSession";
import { LedgerFollower } from "./ledgerFollower";
import { SessionFolders } from "./sessionFolders";
import type { SessionList } from "./sessionList";
import type { SessionSnapshot } from "./sessionSnapshot";

/**
 * A change of the active session or of its ledger. A side is `undefined` if there was no active session.
 * Unchanged rows are the same object on both sides; a row returned by a change of this window is the object in `after`.
 */
export interface ActiveSessionChange {
  readonly before: SessionSnapshot | undefined;
  readonly after: SessionSnapshot | undefined;
}

/** What selecting and following a session needs from the editor. */
export interface SessionEnvironment {
  /** The configured folder of the session folders; `undefined`: ntm's default. */
  readonly storageFolder: () => string | undefined;
  /** The names of the workspace's folders. */
  readonly workspaceFolders: () => readonly string[];
  /** The session pinned to this workspace, stored across windows. */
  readonly pin: { get(): string | undefined; set(sessionName: string | undefined): PromiseLike<void> };
  readonly log: Log;
  /** Poll interval in milliseconds. */
  readonly pollIntervalMs?: number;
  /** After how many milliseconds a storage folder that doesn't answer counts as unresponsive. */
  readonly responseTimeMs?: number;
}

/**
 * How often watchers are checked and files are polled (network drives send no events), and how many polls pass between
 * two listings of all folders.
 */
const pollIntervalMs = 3000;
const pollsUntilListing = 5;
/** A storage folder that takes longer to answer may be on a drive that hangs. */
const responseTimeMs = 10_000;

export class ActiveSession implements Disposable {
  private readonly changed = new Emitter<ActiveSessionChange>();
  /** Fires after the snapshot was replaced; not if a read found nothing new. */
  readonly onDidChange = this.changed.event;
  private readonly listChanged = new Emitter<SessionList>();
  /** Fires after the list of sessions, or the pinned session, changed. */
  readonly onDidChangeList = this.listChanged.event;

  private readonly choosing = new SerialTask(() => this.choose());
  private folders: SessionFolders;
  private follower: LedgerFollower | undefined;
  /** The session that the user switched to in this window. */
  private chosen: string | undefined;
  private readonly timer: NodeJS.Timeout;
  private polls = 0;
  private isPolling = false;
  private readonly becameSlow = new Emitter<void>();
  /** Fires when {@link isUnresponsive} changes. */
  readonly onDidChangeResponsiveness = this.becameSlow.event;
  private readonly slow = new Set<NodeJS.Timeout>();
  private isDisposed = false;

  constructor(private readonly environment: SessionEnvironment) {
    this.folders = this.followFolders();
    this.timer = setInterval(() => {
      this.poll().catch(this.report);
    }, environment.pollIntervalMs ?? pollIntervalMs);
  }

  /** The folder of the session folders. */
  get storageDir(): string {
    return this.environment.storageFolder() ?? storageDir();
  }

  /** `undefined` until the first read has finished, and if there is no session. */
  get snapshot(): SessionSnapshot | undefined {
    return this.follower?.snapshot;
  }

  /** The active session's store, through which all changes are made. */
  get store(): AssignmentStore | undefined {
    return this.follower?.store;
  }

  /** The sessions found by the last listing of the storage folder; `undefined` until the first one has finished. */
  get list(): SessionList | undefined {
    return this.folders.list;
  }

  /** The session pinned to this workspace, whether or not it exists. */
  get pinned(): string | undefined {
    const pinned = this.environment.pin.get();
    return pinned !== undefined && isValidSessionName(pinned) ? pinned : undefined;
  }

  /** Whether the storage folder has taken so long to answer that what is shown may be out of date. */
  get isUnresponsive(): boolean {
    return this.slow.size > 0;
  }

  /** Lists the storage folder and reads the active ledger again; applies changed settings and workspace folders. */
  refresh(): Promise<void> {
    return this.watchingTime(() => this.refreshAll());
  }

  private async refreshAll(): Promise<void> {
    if (this.folders.storageDir !== this.storageDir) {
      this.folders.dispose();
      this.folders = this.followFolders();
    }
    await this.folders.refresh();
    await this.choosing.request();
    await this.follower?.refresh();
  }

  /** Lists the storage folder again. */
  async refreshList(): Promise<void> {
    await this.folders.refresh();
  }

  /** Activates a session in this window, until it disappears or the user selects another one. */
  async switchTo(sessionName: string): Promise<void> {
    if (!isValidSessionName(sessionName)) throw new InvalidSessionNameError(sessionName);
    this.chosen = sessionName;
    await this.folders.refresh();
    await this.choosing.request();
  }

  /** Keeps a session active in this workspace; `undefined` unpins it. */
  async pin(sessionName: string | undefined): Promise<void> {
    if (sessionName !== undefined && !isValidSessionName(sessionName)) throw new InvalidSessionNameError(sessionName);
    const { pinned } = this;
    await this.environment.pin.set(sessionName);
    if (sessionName !== undefined) this.chosen = sessionName;
    // Unpinned, the window goes back to the rule, unless the user has switched to another session since.
    else if (this.chosen === pinned) this.chosen = undefined;
    await this.choosing.request();
    if (this.list !== undefined) this.listChanged.fire(this.list);
  }

  dispose(): void {
    this.isDisposed = true;
    clearInterval(this.timer);
    this.choosing.dispose();
    this.folders.dispose();
    this.follower?.dispose();
    this.changed.dispose();
    this.listChanged.dispose();
    this.becameSlow.dispose();
  }

  private followFolders(): SessionFolders {
    const folders = new SessionFolders(this.storageDir, this.report);
    folders.onDidChange((list) => {
      if (list.storage.kind === "unreachable") {
        this.environment.log.warn(`${folders.storageDir} can't be listed: ${list.storage.code}`);
      }
      this.listChanged.fire(list);
      this.choosing.request().catch(this.report);
    });
    return folders;
  }

  private async choose(): Promise<void> {
    if (this.list === undefined) return;
    const current = this.follower?.store;
    const sessionName = selectSession({
      entries: this.list.entries,
      chosen: this.chosen,
      pinned: this.pinned,
      current: current?.sessionName,
      folders: this.environment.workspaceFolders(),
    });
    const store = sessionName === undefined ? undefined : newStore(sessionName, { storageDir: this.storageDir });
    if (store?.path !== current?.path) await this.follow(store);
  }

  /** The previous session is shown until the new one has been read. */
  private async follow(store: AssignmentStore | undefined): Promise<void> {
    const follower = store === undefined ? undefined : new LedgerFollower(store, this.environment.log);
    try {
      await follower?.refresh();
    } catch (error) {
      follower?.dispose();
      throw error;
    }
    if (this.isDisposed) {
      follower?.dispose();
      return;
    }
    const before = this.snapshot;
    this.follower?.dispose();
    this.follower = follower;
    follower?.onDidChange((previous) => {
      this.changed.fire({ before: previous, after: follower.snapshot });
      // If the ledger is gone, another session may become active.
      if (follower.snapshot?.exists === false) this.folders.refresh().catch(this.report);
    });
    this.changed.fire({ before, after: this.snapshot });
  }

  private async poll(): Promise<void> {
    if (this.isPolling) return; // A network drive may take longer than the interval.
    this.isPolling = true;
    try {
      await this.watchingTime(async () => {
        await this.folders.verify();
        await this.follower?.poll();
        this.polls++;
        if (this.follower === undefined || this.polls % pollsUntilListing === 0) await this.folders.refresh();
      });
    } finally {
      this.isPolling = false;
    }
  }

  /** Does the work, and says it if the storage folder takes too long to answer. */
  private async watchingTime(work: () => Promise<void>): Promise<void> {
    const limit = this.environment.responseTimeMs ?? responseTimeMs;
    const timer = setTimeout(() => {
      this.environment.log.warn(`${this.storageDir} hasn't answered for ${limit / 1000} s.`);
      this.slow.add(timer);
      this.becameSlow.fire();
    }, limit);
    try {
      await work();
    } finally {
      clearTimeout(timer);
      if (this.slow.delete(timer)) this.becameSlow.fire();
    }
  }

  private readonly report = (error: unknown): void => {
    this.environment.log.error(error instanceof Error ? error : String(error));
  };
}
