// The session that the views show, and its ledger as it changes on disk.
import { newStore, storageDir, InvalidSessionNameError, isValidSessionName, type AssignmentStore } from "../assignment";
import type { Log } from "../log";
import { Emitter, type Disposable } from "../util/event";
import { SerialTask } from "../util/serialTask";
import { chooseSession } from "./choice";
import { LedgerFollower } from "./ledgerFollower";
import { SessionFolders } from "./sessionFolders";
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

/** What the session rule and the watch need of the world around. */
export interface Surroundings {
  /** Where the session folders are, when somebody set it; else ntm's own place. */
  readonly storageFolder: () => string | undefined;
  /** The names of the workspace's folders. */
  readonly workspaceFolders: () => readonly string[];
  /** The session pinned to this workspace, kept from window to window. */
  readonly pin: { get(): string | undefined; set(sessionName: string | undefined): PromiseLike<void> };
  readonly log: Log;
  /** How often the disk is looked at without being told to, in milliseconds. */
  readonly pollIntervalMs?: number;
}

/** How often watchers are checked and network drives looked at, and how many such looks pass until all folders are listed. */
const pollIntervalMs = 3000;
const pollsUntilListing = 5;

export class ActiveSession implements Disposable {
  private readonly changed = new Emitter<SessionChange>();
  /** After the snapshot was replaced; never for a reading that found nothing new. */
  readonly onDidChange = this.changed.event;
  private readonly listChanged = new Emitter<SessionList>();
  /** After the list of sessions, or which of them is pinned, changed. */
  readonly onDidChangeList = this.listChanged.event;

  private readonly choosing = new SerialTask(() => this.choose());
  private folders: SessionFolders;
  private follower: LedgerFollower | undefined;
  /** What the person switched to in this window. */
  private chosen: string | undefined;
  private readonly timer: NodeJS.Timeout;
  private polls = 0;
  private isPolling = false;
  private isDisposed = false;

  constructor(private readonly surroundings: Surroundings) {
    this.folders = this.followFolders();
    this.timer = setInterval(() => {
      this.poll().catch(this.report);
    }, surroundings.pollIntervalMs ?? pollIntervalMs);
  }

  /** Where the session folders are. */
  get storageDir(): string {
    return this.surroundings.storageFolder() ?? storageDir();
  }

  /** `undefined` until the first reading is over, and while there is no session. */
  get snapshot(): SessionSnapshot | undefined {
    return this.follower?.snapshot;
  }

  /** The active session's store: what changes go through. */
  get store(): AssignmentStore | undefined {
    return this.follower?.store;
  }

  /** The sessions found when the storage folder was last looked at; `undefined` until the first look is over. */
  get list(): SessionList | undefined {
    return this.folders.list;
  }

  /** The session pinned to this workspace, whether it exists or not. */
  get pinned(): string | undefined {
    const pinned = this.surroundings.pin.get();
    return pinned !== undefined && isValidSessionName(pinned) ? pinned : undefined;
  }

  /** Looks at the storage folder and reads the active ledger again; follows a setting or a workspace that changed. */
  async refresh(): Promise<void> {
    if (this.folders.storageDir !== this.storageDir) {
      this.folders.dispose();
      this.folders = this.followFolders();
    }
    await this.folders.refresh();
    await this.choosing.request();
    await this.follower?.refresh();
  }

  /** Looks at the storage folder again. */
  async refreshList(): Promise<void> {
    await this.folders.refresh();
  }

  /** Makes a session the active one in this window, until it vanishes or another one is chosen. */
  async switchTo(sessionName: string): Promise<void> {
    if (!isValidSessionName(sessionName)) throw new InvalidSessionNameError(sessionName);
    this.chosen = sessionName;
    await this.folders.refresh();
    await this.choosing.request();
  }

  /** Keeps a session the active one in this workspace; `undefined`: goes back to the rule. */
  async pin(sessionName: string | undefined): Promise<void> {
    if (sessionName !== undefined && !isValidSessionName(sessionName)) throw new InvalidSessionNameError(sessionName);
    await this.surroundings.pin.set(sessionName);
    if (sessionName !== undefined) this.chosen = sessionName;
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
  }

  private followFolders(): SessionFolders {
    const folders = new SessionFolders(this.storageDir, this.report);
    folders.onDidChange((list) => {
      if (list.storage.kind === "unreachable") {
        this.surroundings.log.warn(`${folders.storageDir} can't be listed: ${list.storage.code}`);
      }
      this.listChanged.fire(list);
      this.choosing.request().catch(this.report);
    });
    return folders;
  }

  private async choose(): Promise<void> {
    if (this.list === undefined) return;
    const current = this.follower?.store;
    const sessionName = chooseSession({
      entries: this.list.entries,
      chosen: this.chosen,
      pinned: this.pinned,
      current: current?.sessionName,
      folders: this.surroundings.workspaceFolders(),
    });
    const store = sessionName === undefined ? undefined : newStore(sessionName, { storageDir: this.storageDir });
    if (store?.path !== current?.path) await this.follow(store);
  }

  /** The session before it stays in sight until the new one has been read. */
  private async follow(store: AssignmentStore | undefined): Promise<void> {
    const follower = store === undefined ? undefined : new LedgerFollower(store, this.surroundings.log);
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
      // A ledger that is gone may leave the field to another session.
      if (follower.snapshot?.exists === false) this.folders.refresh().catch(this.report);
    });
    this.changed.fire({ before, after: this.snapshot });
  }

  private async poll(): Promise<void> {
    if (this.isPolling) return; // A network drive may take longer than the interval.
    this.isPolling = true;
    try {
      this.folders.verify();
      await this.follower?.poll();
      this.polls++;
      if (this.follower === undefined || this.polls % pollsUntilListing === 0) await this.folders.refresh();
    } finally {
      this.isPolling = false;
    }
  }

  private readonly report = (error: unknown): void => {
    this.surroundings.log.error(error instanceof Error ? error : String(error));
  };
}
