// The tracker of one session's project: what its file says, and which beads are ready. Nothing is watched or run unless
// it is followed.
import * as path from "node:path";
import { Emitter, type Disposable } from "../util/event";
import { FolderWatch } from "../util/folderWatch";
import { SerialTask } from "../util/serialTask";
import { closeBead, type CloseOutcome } from "./close";
import { IssuesFile, type IssuesState } from "./issuesFile";
import { fileName, locateTracker, locationSignature, type TrackerLocation } from "./location";
import type { Project } from "./project";
import { askReady, keepSame, type ReadyState } from "./ready";

/** An immutable value; what isn't known yet is `undefined`. */
export interface TrackerState {
  readonly sessionName: string | undefined;
  readonly project: Project | undefined;
  /** The file that the issues are from. */
  readonly file: string | undefined;
  readonly issues: IssuesState | undefined;
  /** Whether the file that the issues are from may be older than the tracker's database. */
  readonly mayLag: boolean;
  readonly ready: ReadyState | undefined;
}

export interface TrackerOptions {
  /** Finds the session's project; called with every update. */
  readonly findProject: (sessionName: string) => Promise<Project>;
  /** The tracker's program; asked before each run. */
  readonly brProgram: () => string;
  /** Called with errors that no caller awaits. */
  readonly onFailure: (error: unknown) => void;
  /** How often changes are polled that no watcher reported. */
  readonly pollMs?: number;
  /** How old the list of ready beads may get: a bead may become ready without a change of the file. */
  readonly readyLastsMs?: number;
}

/** What came of closing a bead, or why there is no tracker to close it in. */
export type CloseResult = CloseOutcome | { readonly kind: "no-project" | "no-beads-folder" };

const noProject: Project = { kind: "no-project" };
const nothing: TrackerState = {
  sessionName: undefined,
  project: undefined,
  file: undefined,
  issues: undefined,
  mayLag: false,
  ready: undefined,
};

/** A project as it was found, and where its tracker is. */
interface Located extends TrackerLocation {
  readonly project: Project;
  readonly signature: string;
}

export class Tracker implements Disposable {
  private readonly changed = new Emitter<TrackerState>();
  /** After {@link current} was replaced, with the state before. */
  readonly onDidChange = this.changed.event;
  private state = nothing;
  private readonly reading = new SerialTask(() => this.read());
  private readonly asking = new SerialTask(() => this.ask());
  private readonly followers = new Set<{ readonly wantsReady: boolean }>();
  private polling: NodeJS.Timeout | undefined;
  private file: IssuesFile | undefined;
  private watch: FolderWatch | undefined;
  private located: Located | undefined;
  private asked = { at: -Infinity, mayImport: false, abort: new AbortController() };
  private isDisposed = false;

  constructor(private readonly options: TrackerOptions) {}

  get current(): TrackerState {
    return this.state;
  }

  /** Follows another session's project; the state of the previous one is dropped at once. */
  setSession(sessionName: string | undefined): void {
    if (sessionName === this.state.sessionName || this.isDisposed) return;
    this.forget();
    this.publish({ ...nothing, sessionName });
    this.refreshSoon();
  }

  /**
   * Keeps {@link current} up to date until the result is disposed of.
   * @param wantsReady also the list of ready beads, for which a program is run
   */
  follow({ wantsReady }: { readonly wantsReady: boolean }): Disposable {
    const follower = { wantsReady };
    this.followers.add(follower);
    this.polling ??= setInterval(() => {
      void this.watch?.verify();
      this.refreshSoon();
    }, this.options.pollMs ?? 3000);
    if (wantsReady) this.asked.at = -Infinity;
    this.refreshSoon();
    return {
      dispose: () => {
        this.followers.delete(follower);
        if (this.followers.size === 0) this.rest();
      },
    };
  }

  /**
   * Settles when what was on disk at the time of the call, or later, was read, and `br` was run if a follower requested that.
   * @param mayImport whether a `br` may be run that imports changes of the file into its database before it answers
   */
  async refresh({ mayImport = false }: { readonly mayImport?: boolean } = {}): Promise<void> {
    this.located = undefined;
    this.asked.at = -Infinity;
    this.asked.mayImport = mayImport;
    try {
      await this.update();
    } finally {
      // What was allowed now isn't allowed to a later question, when nobody follows what is ready now.
      this.asked.mayImport = false;
    }
  }

  /** Asks for the beads that can be started now, also without followers. */
  async readyBeads(): Promise<ReadyState> {
    const { sessionName } = this.state;
    const project = sessionName === undefined ? noProject : await this.findProject(sessionName);
    if (project.kind !== "found") return { kind: project.kind };
    const br = { program: this.options.brProgram(), projectFolder: project.folder };
    return (await askReady(br, { mayImport: true })) ?? { kind: "timed-out" };
  }

  /** Closes a bead in the tracker of a session's project, and reads the result. */
  async close(sessionName: string, beadId: string, reason: string, signal?: AbortSignal): Promise<CloseResult> {
    const project = await this.findProject(sessionName);
    if (project.kind !== "found") return { kind: project.kind };
    const br = { program: this.options.brProgram(), projectFolder: project.folder, signal };
    const outcome = await closeBead(br, beadId, reason);
    this.refreshSoon();
    return outcome;
  }

  dispose(): void {
    this.isDisposed = true;
    this.followers.clear();
    this.rest();
    this.reading.dispose();
    this.asking.dispose();
    this.changed.dispose();
  }

  private get wantsReady(): boolean {
    return [...this.followers].some((follower) => follower.wantsReady);
  }

  private rest(): void {
    clearInterval(this.polling);
    this.polling = undefined;
    this.forget();
  }

  /** Lets go of the folder, and of a question that is under way. */
  private forget(): void {
    this.watch?.dispose();
    this.watch = undefined;
    this.file = undefined;
    this.asked.abort.abort();
    this.located = undefined;
    this.asked = { at: -Infinity, mayImport: false, abort: new AbortController() };
  }

  private refreshSoon(): void {
    if (this.followers.size === 0) return;
    this.update().catch((error: unknown) => {
      this.options.onFailure(error);
    });
  }

  private async update(): Promise<void> {
    await this.reading.request();
    const isOld = performance.now() - this.asked.at > (this.options.readyLastsMs ?? 60_000);
    if (this.wantsReady && isOld) await this.asking.request();
  }

  private async read(): Promise<void> {
    const { sessionName } = this.state;
    if (sessionName === undefined || this.isDisposed) return;
    const found = await this.options.findProject(sessionName);
    if (!this.isAbout(sessionName)) return;
    const located = await this.locate(found);
    if (!this.isAbout(sessionName)) return;
    const project = withTracker(found, located);
    const file = this.turnTo(project, located?.file);
    const issues = project.kind === "found" ? await file?.read() : undefined;
    if (!this.isAbout(sessionName)) return;
    const { state } = this;
    const isSame = isSameProject(state.project, project);
    const mayLag = located?.mayLag ?? false;
    const isSameFile = state.file === file?.path;
    if (isSame && isSameFile && state.issues === issues && state.mayLag === mayLag) return;
    this.asked.at = -Infinity;
    this.publish({
      sessionName,
      project: isSame ? state.project : project,
      file: file?.path,
      issues,
      mayLag,
      ready: isSame ? state.ready : undefined,
    });
  }

  private async ask(): Promise<void> {
    const { asked, state } = this;
    const { sessionName, project } = state;
    if (sessionName === undefined || project === undefined || this.isDisposed) return;
    asked.at = performance.now();
    const ready =
      project.kind === "found"
        ? await askReady(
            { program: this.options.brProgram(), projectFolder: project.folder, signal: asked.abort.signal },
            { mayImport: asked.mayImport },
          )
        : { kind: project.kind };
    // The session, or its project, may be another one by now. An aborted question has no answer.
    if (ready === undefined || !this.isAbout(sessionName) || this.state.project !== project) return;
    const kept = keepSame(this.state.ready, ready);
    if (kept !== this.state.ready) this.publish({ ...this.state, ready: kept });
  }

  /** The project of a session, also if its tracker is in another folder. */
  private async findProject(sessionName: string): Promise<Project> {
    const project = await this.options.findProject(sessionName);
    return withTracker(project, project.kind === "no-beads-folder" ? await this.locate(project) : undefined);
  }

  /** Asked once for a project, and again when what moves a tracker changed. */
  private async locate(project: Project): Promise<TrackerLocation | undefined> {
    if (project.kind === "no-project") return undefined;
    const { folder: projectFolder, beadsFolder } = project;
    const signature = await locationSignature(projectFolder, beadsFolder);
    const known = this.located;
    if (known?.signature === signature && isSameProject(known.project, project)) return known;
    const { signal } = this.asked.abort;
    const br = { program: this.options.brProgram(), projectFolder, signal };
    const location = await locateTracker(br, project.kind === "found" ? beadsFolder : undefined);
    // An aborted question has no answer.
    if (!signal.aborted) this.located = { ...location, project, signature };
    return location;
  }

  /**
   * The tracker's file; its folder is watched while there are followers, also when it doesn't exist yet.
   * @param located where it is; `undefined`: in no known place
   */
  private turnTo(project: Project, located: string | undefined): IssuesFile | undefined {
    const file = project.kind === "no-beads-folder" ? path.join(project.beadsFolder, fileName) : located;
    if (project.kind === "no-project" || file === undefined) {
      this.watch?.dispose();
      this.watch = undefined;
      this.file = undefined;
      return undefined;
    }
    if (this.file?.path !== file) {
      this.watch?.dispose();
      this.watch = undefined;
      this.file = new IssuesFile(file);
    }
    if (this.followers.size > 0) {
      const name = path.basename(file);
      this.watch ??= new FolderWatch(path.dirname(file), (entry) => {
        // The database, its locks and temporary files change with every command.
        if (entry === undefined || entry === name) this.refreshSoon();
      });
    }
    return this.file;
  }

  private isAbout(sessionName: string): boolean {
    return !this.isDisposed && this.state.sessionName === sessionName;
  }

  private publish(state: TrackerState): void {
    const before = this.state;
    this.state = state;
    this.changed.fire(before);
  }
}

/** A project without a folder of the tracker may have one all the same, somewhere else. */
function withTracker(project: Project, location: TrackerLocation | undefined): Project {
  if (project.kind !== "no-beads-folder" || location?.folder === undefined) return project;
  return { kind: "found", folder: project.folder, beadsFolder: location.folder };
}

function isSameProject(a: Project | undefined, b: Project): boolean {
  if (a?.kind === "no-project" || b.kind === "no-project") return a?.kind === b.kind;
  return a?.kind === b.kind && a.folder === b.folder;
}
