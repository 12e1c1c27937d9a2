// The Ready view: what the tracker says can be started now, or why there is nothing. A stand-in answers as `br`.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { eventually } from "../support/eventually";
import { emptyLedger, row, saveAsNtm } from "../support/foreignSave";
import { TrackedProject, type TrackedBead } from "../support/trackedProject";
import { useStage } from "./stage";
import type { TreeView } from "./workbench/treeView";

const container = "NTM Assignments";
const session = "tracked";
const defaultWidth = 300;

const beads: readonly TrackedBead[] = [
  { id: "bd-9", title: "Fix the parser of quoted identifiers", status: "open", priority: 0, labels: ["api"] },
  { id: "bd-7", title: "Write the docs", status: "open", priority: 2, labels: [] },
  { id: "bd-8", title: "<b>Bold</b> $(error) [x](command:y)", status: "open", priority: 3, labels: [] },
];

describe("the Ready view", () => {
  let project: TrackedProject | undefined;
  const stage = useStage({
    project: session,
    arrange: (home) => {
      fs.mkdirSync(home.sessionFolder(session), { recursive: true });
      const content = emptyLedger(session);
      content.assignments["bd-1"] = row("bd-1", { status: "working", bead_title: "Cache the lexer" });
      saveAsNtm(home.ledgerPath(session), content);
      project = new TrackedProject(home.path, session);
      project.says({ ready: beads });
      home.install("br", project.br.program);
    },
  });
  const ready = (): TreeView => stage().workbench.tree("Ready");

  after(() => {
    project?.remove();
  });

  it("lists the beads in the tracker's order, with their priority and title", async () => {
    const { workbench } = stage();
    await workbench.showContainer(container);
    await ready().toggle();
    await ready().row("P3 bd-8");
    assert.equal(await workbench.sideBarWidth(), defaultWidth);
    assert.deepEqual(
      (await ready().rows()).map(({ label, description }) => [label, description]),
      [
        ["P0 bd-9", "Fix the parser of quoted identifiers · api"],
        ["P2 bd-7", "Write the docs"],
        ["P3 bd-8", "<b>Bold</b> $(error) [x](command:y)"],
      ],
    );
    assert.match(await ready().visibleText("P0 bd-9"), /^P0 bd-9 Fix the parser of/);
    await workbench.restPointer();
    await stage().workbench.screenshot("ready");
  });

  it("shows a change in the tracker without a click", async () => {
    project?.says({ ready: beads.slice(1) });
    await eventually(async () => {
      assert.deepEqual(
        (await ready().rows()).map(({ label }) => label),
        ["P2 bd-7", "P3 bd-8"],
      );
    });
  });

  it("says that no bead can be started, which isn't the same as no tracker", async () => {
    project?.says({ ready: [] });
    await eventually(async () => {
      assert.match(await ready().message(), /no bead can be started now/);
      assert.deepEqual(await ready().rows(), []);
    });
    await stage().workbench.screenshot("ready-none");
  });

  it("says that br isn't found and where its path is set, and lists the beads once it is", async () => {
    const { home } = stage();
    project?.says({ ready: beads });
    await ready().row("P0 bd-9");
    fs.rmSync(home.br);
    await ready().clickTitleAction("Refresh");
    await eventually(async () => {
      assert.match(await ready().message(), /the program br wasn't found/);
    });
    assert.deepEqual(await ready().rows(), []);
    await ready().pane.locator(".welcome-view-content .monaco-button", { hasText: "Set Its Path" }).waitFor();
    await stage().workbench.restPointer();
    await stage().workbench.screenshot("ready-no-br");
    home.install("br", project?.br.program ?? "");
    await ready().pane.locator(".welcome-view-content .monaco-button", { hasText: "Refresh" }).click();
    await ready().row("P0 bd-9");
  });
});
