// Operations on rows that are in progress: by an ntm that this window started, or by any process.
import { Emitter, type Disposable } from "../util/event";

/** What ntm is asked to do with a bead. */
export type NtmTask = "assign" | "retry" | "reassign" | "clear";

export type RowActivity =
  /** An ntm that this window started works on the bead. */
  | { readonly kind: "ntm"; readonly task: NtmTask }
  /** Whether any process is working on a row that ntm holds. */
  | { readonly kind: "under-way" | "idle" };

/** By bead, of one session. A bead whose activity is the same keeps its value. */
export type Activities = ReadonlyMap<string, RowActivity>;

const none: Activities = new Map();

export class RowActivities implements Disposable {
  private readonly changed = new Emitter<readonly string[]>();
  /** Fires with the beads concerned. */
  readonly onDidChange = this.changed.event;
  private readonly started = new Map<string, Activities>();
  private looked: { readonly sessionName: string; readonly activities: Activities } | undefined;

  of(sessionName: string, beadId: string): RowActivity | undefined {
    const looked = this.looked?.sessionName === sessionName ? this.looked.activities : none;
    return this.started.get(sessionName)?.get(beadId) ?? looked.get(beadId);
  }

  /** Marks beads as worked on by an ntm that this window started, until the result is disposed of. */
  start(sessionName: string, beadIds: readonly string[], task: NtmTask): Disposable {
    const activity: RowActivity = { kind: "ntm", task };
    const mark = (isStart: boolean): void => {
      const marked = new Map(this.started.get(sessionName));
      for (const beadId of beadIds) {
        if (isStart) marked.set(beadId, activity);
        else if (marked.get(beadId) === activity) marked.delete(beadId);
      }
      this.started.set(sessionName, marked);
      this.fire(beadIds);
    };
    mark(true);
    return {
      dispose: () => {
        mark(false);
      },
    };
  }

  /** Replaces what was seen of the held rows of a session. @param beadIds those that changed */
  setFound(sessionName: string, activities: Activities, beadIds: readonly string[]): void {
    this.looked = { sessionName, activities };
    this.fire(beadIds);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private fire(beadIds: readonly string[]): void {
    this.changed.fire(beadIds);
  }
}
