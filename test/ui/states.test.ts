// Where no bead can be shown, the view says why, and offers what helps.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { eventually } from "../support/eventually";
import { emptyLedger, row, saveAsNtm } from "../support/foreignSave";
import { useStage } from "./stage";

const container = "NTM Assignments";

describe("a view without beads", () => {
  const stage = useStage({ project: "web" });

  const says = (expected: RegExp): Promise<void> =>
    eventually(async () => {
      assert.match(await stage().workbench.tree("Beads").message(), expected);
    });
  const offers = async (button: string): Promise<void> => {
    const { pane } = stage().workbench.tree("Beads");
    await pane.locator(".welcome-view-content .monaco-button", { hasText: button }).waitFor();
  };

  it("says that there is no storage folder yet", async () => {
    const { workbench } = stage();
    await workbench.showContainer(container);
    await says(/The sessions folder of ntm doesn't exist yet/);
    await offers("How It Works");
    assert.equal(await workbench.statusBarItem("session").isVisible(), false);
    await workbench.screenshot("state-no-storage");
  });

  it("says that there is no session, once there is a folder for them", async () => {
    const { workbench, home } = stage();
    fs.mkdirSync(path.dirname(home.sessionFolder("web")), { recursive: true });
    await says(/No session has a ledger yet/);
    await offers("Assign a Bead");
    await workbench.screenshot("state-no-session");
  });

  it("says that a ledger is empty", async () => {
    const { workbench, home } = stage();
    fs.mkdirSync(home.sessionFolder("web"));
    saveAsNtm(home.ledgerPath("web"), emptyLedger("web"));
    await says(/The ledger of this session is empty/);
    await offers("Assign a Bead");
    await workbench.screenshot("state-no-rows");
  });

  it("says that a ledger can't be read, which isn't the same as empty", async () => {
    const { workbench, home } = stage();
    fs.writeFileSync(home.backupPath("web"), '{"session');
    fs.writeFileSync(home.ledgerPath("web"), '{"session');
    await says(/The ledger of this session can't be read\. Nothing was changed\./);
    await offers("Diagnose Ledger");
    await eventually(async () => {
      assert.equal(await workbench.badge(container), "1");
      assert.equal(await workbench.statusBarItem("session").kind(), "error");
    });
    await workbench.screenshot("state-unreadable");
  });

  it("says that a ledger is too new", async () => {
    const { workbench, home } = stage();
    saveAsNtm(home.ledgerPath("web"), { ...emptyLedger("web"), version: 10 });
    await says(/written by a newer version of ntm than this extension supports/);
    await offers("Check for Updates");
    await workbench.screenshot("state-newer-schema");
  });

  it("shows beads as soon as there are some, and the last good ones with what is wrong above them", async () => {
    const { workbench, home } = stage();
    const content = emptyLedger("web");
    content.assignments["bd-1"] = row("bd-1", { status: "working" });
    saveAsNtm(home.ledgerPath("web"), content);
    const tree = workbench.tree("Beads");
    await tree.row(/^bd-1$/);
    fs.writeFileSync(home.ledgerPath("web"), '{"session');
    fs.writeFileSync(home.backupPath("web"), '{"session');
    await says(/is incomplete or not valid JSON\..*The rows below are the last that could be read\./);
    await tree.row(/^bd-1$/);
    await workbench.screenshot("state-last-good-rows");
  });
});
