// The main job, done with the package as it is installed: what the sources can do is nothing if the package can't.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { eventually } from "../support/eventually";
import { ForeignHolder, isFreeForForeigners } from "../support/foreignLock";
import { changeAsNtm, type LedgerContent } from "../support/foreignSave";
import { releases, releaseVariable } from "../support/vscode/releases";
import type { Workbench } from "../ui/workbench/workbench";
import { Installation } from "./installation";

const session = "plain";
const chosen = Object.values(releases).filter(({ name }) => (process.env[releaseVariable] ?? name).includes(name));

for (const release of chosen) {
  describe(`installed into VS Code ${release.vscode}`, () => {
    let installation: Installation;
    let workbench: Workbench;

    before(async function () {
      this.timeout(180_000);
      installation = await Installation.of(release);
    });
    after(() => installation.remove());
    afterEach(async function () {
      if (this.currentTest?.state === "failed") await workbench.recordFailure(this.currentTest.fullTitle());
    });

    const ledger = (): LedgerContent =>
      JSON.parse(fs.readFileSync(installation.home.ledgerPath(session), "utf8")) as LedgerContent;
    const status = (beadId: string): unknown => ledger().assignments[beadId]?.["status"];
    const openWindow = async (): Promise<void> => {
      installation.home.clear();
      installation.home.placeLedger(session, "schema9/plain");
      workbench = await installation.openWindow(session);
      await workbench.showContainer("NTM Assignments");
    };

    describe("the package", () => {
      before(openWindow);
      after(() => workbench.close());

      it("shows the rows of a real ledger", async () => {
        const tree = workbench.tree("Beads");
        assert.match((await tree.row(/^Pane 5/)).description, /RedStone/);
        assert.match((await tree.row(/^bd-10 /)).description, /^working/);
      });

      it("shows what another process saves", async () => {
        changeAsNtm(installation.home.ledgerPath(session), ({ assignments }) => {
          Object.assign(assignments["b.1"]!, { bead_title: "Seen at once" });
        });
        await workbench.tree("Beads").row("b.1 Seen at once");
      });

      it("writes what is clicked in the context menu", async () => {
        const menu = await workbench.tree("Beads").openContextMenu(/^bd-10 /);
        await menu.click("Mark Completed");
        await eventually(() => {
          assert.equal(status("bd-10"), "completed");
        });
      });

      it("waits for the lock that another program holds, goes on when it is free, and gives it back", async () => {
        const lock = `${installation.home.ledgerPath(session)}.lock`;
        const holder = await ForeignHolder.of(lock);
        try {
          const menu = await workbench.tree("Beads").openContextMenu(/^b\.1 /);
          await menu.click("Mark Completed");
          await workbench.tree("Beads").progress.waitFor();
          assert.equal(status("b.1"), "working", "nothing is written while the lock is held");
        } finally {
          await holder.release();
        }
        await eventually(() => {
          assert.equal(status("b.1"), "completed");
          assert.ok(isFreeForForeigners(lock));
        });
      });
    });

    describe("the package without its native lock", () => {
      before(async () => {
        fs.rmSync(path.join(installation.folder, "dist/node_modules/@koromix"), { recursive: true });
        await openWindow();
      });
      after(() => workbench.close());

      it("shows the rows all the same", async () => {
        assert.match((await workbench.tree("Beads").row(/^bd-10 /)).description, /^working/);
      });

      it("says at the first verb that nothing can be changed here, and changes nothing", async () => {
        const files = (): string[] => fs.readdirSync(installation.home.sessionFolder(session)).sort();
        const [before, filesBefore] = [ledger(), files()];
        const menu = await workbench.tree("Beads").openContextMenu(/^bd-10 /);
        await menu.click("Mark Completed");
        await workbench.notifications.waitFor(/Ledgers can't be locked here, so they are only shown and never changed/);
        assert.deepEqual([ledger(), files()], [before, filesBefore]);
      });

      it("then offers no change any more, and goes on saying why", async () => {
        const tree = workbench.tree("Beads");
        await eventually(async () => {
          assert.match(await tree.message(), /^Ledgers can't be locked here/);
        });
        const menu = await tree.openContextMenu(/^bd-10 /);
        const items = await menu.items();
        await menu.close();
        assert.ok(items.includes("Copy Bead Id"), items.join(", "));
        assert.deepEqual(
          items.filter((item) => /^(?:Mark|Retry|Reassign|Remove|Assign)/.test(item)),
          [],
        );
      });

      it("shows the log at a click", async () => {
        await workbench.screenshot("package-read-only");
        await workbench.notifications.click(/can't be locked here/, "Show Log");
        await eventually(async () => {
          assert.equal(await workbench.outputChannel(), "NTM Assignments");
        });
      });

      it("shows what another process saves all the same", async () => {
        changeAsNtm(installation.home.ledgerPath(session), ({ assignments }) => {
          Object.assign(assignments["b.1"]!, { bead_title: "Seen at once" });
        });
        await workbench.tree("Beads").row("b.1 Seen at once");
      });
    });
  });
}
