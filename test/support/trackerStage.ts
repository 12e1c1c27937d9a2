// A tracker of projects in a folder of its own, with a stand-in for br.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { findProject } from "../../src/tracker/project";
import { Tracker } from "../../src/tracker/tracker";
import type { Disposable } from "../../src/util/event";
import { eventually } from "./eventually";
import { StandInBr } from "./standInBr";
import { TempFolder } from "./tempFolder";

export class TrackerStage {
  readonly root = new TempFolder("tracker");
  readonly br = new StandInBr(this.root.path);
  readonly failures: unknown[] = [];
  /** How often the project was looked for. */
  asked = 0;
  tracker: Tracker;

  constructor() {
    this.br.does("echo []");
    // The poll is left out: what the tests see came from the watcher, or from a request.
    this.tracker = this.start({ pollMs: 3_600_000 });
  }

  start(times: { readonly pollMs: number; readonly readyLastsMs?: number }): Tracker {
    const { root, br, failures } = this;
    return new Tracker({
      findProject: (sessionName) => {
        this.asked++;
        const workspaceFolders = fs.readdirSync(root.path).map((name) => ({ name, path: path.join(root.path, name) }));
        return findProject({
          sessionName,
          projectName: sessionName,
          manifestFolder: () => undefined,
          workspaceFolders,
        });
      },
      brProgram: () => br.program,
      onFailure: (error) => failures.push(error),
      ...times,
    });
  }

  /** Makes the project of a session, with a folder of the tracker. */
  make(session: string): void {
    fs.mkdirSync(path.join(this.root.path, session, ".beads"), { recursive: true });
  }

  write(session: string, ...ids: readonly string[]): void {
    const file = path.join(this.root.path, session, ".beads", "issues.jsonl");
    fs.writeFileSync(`${file}.tmp`, ids.map((id) => `${JSON.stringify({ id })}\n`).join(""));
    fs.renameSync(`${file}.tmp`, file);
  }

  get ids(): string[] | undefined {
    const { issues } = this.tracker.current;
    return issues?.kind === "read" ? [...issues.issues.keys()] : undefined;
  }

  shows(...expected: readonly string[]): Promise<void> {
    return eventually(() => {
      assert.deepEqual(this.ids, expected);
    });
  }

  readyIs(kind: string): Promise<void> {
    return eventually(() => {
      assert.equal(this.tracker.current.ready?.kind, kind);
    });
  }

  follow(wantsReady = false): Disposable {
    return this.tracker.follow({ wantsReady });
  }

  /** @throws {assert.AssertionError} if something failed that no caller awaited */
  end(): void {
    this.tracker.dispose();
    this.root.remove();
    assert.deepEqual(this.failures, []);
  }
}
