import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { findProject, type ProjectSources } from "../../../src/tracker/project";
import { TempFolder } from "../../support/tempFolder";

describe("The project of a session", () => {
  let root: TempFolder;

  beforeEach(() => {
    root = new TempFolder("project");
  });
  afterEach(() => {
    root.remove();
  });

  const folder = (name: string): string => path.join(root.path, name);
  const make = (...names: readonly string[]): void => {
    for (const name of names) fs.mkdirSync(folder(name), { recursive: true });
  };
  const find = (sources: Partial<ProjectSources>) =>
    findProject({
      sessionName: "atlas--ui",
      projectName: "atlas",
      manifestFolder: () => undefined,
      workspaceFolders: [],
      ...sources,
    });
  const found = (name: string) => ({
    kind: "found",
    folder: folder(name),
    beadsFolder: folder(`${name}/.beads`),
  });
  const workspace = (...names: readonly string[]) => names.map((name) => ({ name, path: folder(name) }));

  it("is what ntm's manifest says, regardless of the open folder", async () => {
    make("real/.beads", "atlas/.beads");
    const asked: string[] = [];
    const manifestFolder = (sessionName: string): string => {
      asked.push(sessionName);
      return folder("real");
    };
    assert.deepEqual(await find({ manifestFolder, workspaceFolders: workspace("atlas") }), found("real"));
    assert.deepEqual(asked, ["atlas--ui"]);
  });

  it("is else the workspace folder with the session's name, then that with its project's", async () => {
    make("atlas--ui/.beads", "atlas/.beads", "other/.beads");
    assert.deepEqual(await find({ workspaceFolders: workspace("other", "atlas", "atlas--ui") }), found("atlas--ui"));
    assert.deepEqual(await find({ workspaceFolders: workspace("other", "atlas") }), found("atlas"));
    assert.deepEqual(await find({ workspaceFolders: workspace("other") }), { kind: "no-project" });
  });

  it("is looked for elsewhere when the manifest's folder is gone, or isn't absolute", async () => {
    make("atlas/.beads");
    for (const manifest of [folder("gone"), "atlas", "."]) {
      const project = await find({ manifestFolder: () => manifest, workspaceFolders: workspace("atlas") });
      assert.deepEqual(project, found("atlas"));
    }
  });

  it("may have no tracker; the folder above it doesn't count", async () => {
    make(".beads", "atlas");
    fs.writeFileSync(folder("atlas/.beads"), "");
    const project = await find({ workspaceFolders: workspace("atlas") });
    assert.deepEqual(project, { ...found("atlas"), kind: "no-beads-folder" });
  });

  it("may share its tracker through a link", async () => {
    make("main/.beads", "atlas");
    fs.symlinkSync(folder("main/.beads"), folder("atlas/.beads"));
    assert.deepEqual(await find({ workspaceFolders: workspace("atlas") }), found("atlas"));
  });
});
