// The main job, with the installed package.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { placeLedger, rowInPane } from "../live/liveSession";
import { AgentPane } from "../support/agents/agentPane";
import { eventually } from "../support/eventually";
import { ForeignHolder, isFreeForForeigners } from "../support/foreignLock";
import { changeAsNtm, type LedgerContent } from "../support/foreignSave";
import { NtmStandIn } from "../support/ntm/control";
import { hasTmux, TmuxServer } from "../support/tmux/server";
import { releases, releaseVariable } from "../support/vscode/releases";
import type { Workbench } from "../ui/workbench/workbench";
import { Installation } from "./installation";

const session = "plain";
const swarm = "swarm";
const failedAfterClaim = {
  status: "failed",
  failed_at: new Date().toISOString(),
  fail_reason: "tests fail",
  idempotency_key: "key",
  claim_actor: "actor",
  claim_state: "claimed",
  dispatch_state: "sent",
};
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

      it("shows the rows of a ledger", async () => {
        const tree = workbench.tree("Beads");
        assert.match((await tree.row(/^Pane 5/)).description, /RedStone/);
        assert.match((await tree.row(/^bd-10$/)).ariaLabel, /, working for/);
      });

      it("shows what another process saves", async () => {
        changeAsNtm(installation.home.ledgerPath(session), ({ assignments }) => {
          Object.assign(assignments["b.1"]!, { bead_title: "Seen at once" });
        });
        await eventually(async () => {
          assert.match((await workbench.tree("Beads").row("b.1")).description, /Seen at once$/);
        });
      });

      it("writes what is selected in the context menu", async () => {
        const menu = await workbench.tree("Beads").openContextMenu(/^bd-10$/);
        await menu.click("Mark Completed");
        // It has no pane ID, so this can't be undone.
        await workbench.dialog.click("Continue");
        await eventually(() => {
          assert.equal(status("bd-10"), "completed");
        });
      });

      it("waits for the lock held by another process, continues when it is free, and releases it", async () => {
        const lock = `${installation.home.ledgerPath(session)}.lock`;
        const holder = await ForeignHolder.of(lock);
        try {
          const menu = await workbench.tree("Beads").openContextMenu(/^b\.1$/);
          await menu.click("Mark Completed");
          await workbench.dialog.click("Continue");
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

    describe("the package beside a swarm", () => {
      let tmux: TmuxServer | undefined;
      let ntm: NtmStandIn;

      before(async function () {
        if (!hasTmux()) this.skip();
        const { home } = installation;
        home.clear();
        tmux = new TmuxServer({ socketFolder: home.tmuxFolder, home: home.path });
        const parser = await AgentPane.start(tmux, { session: swarm, name: "cc_1" });
        await AgentPane.start(tmux, { session: swarm, name: "cod_1" });
        placeLedger(home, swarm, [rowInPane("bd-1", parser, failedAfterClaim)]);
        ntm = new NtmStandIn(home.path);
        const manifests = path.join(home.path, ".local/share/ntm/manifests");
        fs.mkdirSync(manifests, { recursive: true });
        fs.writeFileSync(path.join(manifests, `${swarm}.json`), JSON.stringify({ project_dir: home.path }));
        workbench = await installation.openWindow(swarm);
        await workbench.showContainer("NTM Assignments");
      });
      after(async () => {
        if (tmux === undefined) return;
        await workbench.close();
        tmux.stop();
      });

      it("shows the pane of an agent without beads", async () => {
        await eventually(async () => {
          assert.equal((await workbench.tree("Beads").row("Pane 1 · codex")).description, "free");
        });
      });

      it("has ntm retry a bead that it claimed", async () => {
        const menu = await workbench.tree("Beads").openContextMenu(/bd-1$/);
        await menu.click("Retry");
        await eventually(async () => {
          assert.match((await workbench.tree("Beads").row(/bd-1$/)).ariaLabel, /, assigned for/);
        });
        assert.deepEqual(ntm.calls.at(-1)?.args, ["assign", swarm, "--retry", "bd-1", "--json"]);
      });

      it("shows the timeline", async () => {
        await workbench.run("NTM Assignments: Open Timeline");
        await eventually(async () => {
          const counts = workbench.page.frames().map((frame) => frame.locator(".plot canvas[data-marks]").count());
          assert.ok((await Promise.all(counts)).some((count) => count === 1));
        });
      });
    });

    describe("the package without its native lock", () => {
      before(async () => {
        fs.rmSync(path.join(installation.folder, "dist/node_modules/@koromix"), { recursive: true });
        await openWindow();
      });
      after(() => workbench.close());

      it("shows the rows", async () => {
        assert.match((await workbench.tree("Beads").row(/^bd-10$/)).ariaLabel, /, working for/);
      });

      it("says on the first action that ledgers can't be changed, and changes nothing", async () => {
        const files = (): string[] => fs.readdirSync(installation.home.sessionFolder(session)).sort();
        const [before, filesBefore] = [ledger(), files()];
        const menu = await workbench.tree("Beads").openContextMenu(/^bd-10$/);
        await menu.click("Mark Completed");
        await workbench.notifications.waitFor(/Ledgers can't be locked on this machine, so they are shown read-only/);
        assert.deepEqual([ledger(), files()], [before, filesBefore]);
      });

      it("then offers no changes, and keeps showing why", async () => {
        const tree = workbench.tree("Beads");
        await eventually(async () => {
          assert.match(await tree.message(), /^Ledgers can't be locked on this machine/);
        });
        const menu = await tree.openContextMenu(/^bd-10$/);
        const items = await menu.items();
        await menu.close();
        assert.ok(items.includes("Copy Bead ID"), items.join(", "));
        assert.deepEqual(
          items.filter((item) => /^(?:Mark|Retry|Reassign|Remove|Assign)/.test(item)),
          [],
        );
      });

      it("shows the log when its button is clicked", async () => {
        await workbench.screenshot("package-read-only");
        await workbench.notifications.click(/can't be locked on this machine/, "Show Log");
        await eventually(async () => {
          assert.equal(await workbench.outputChannel(), "NTM Assignments");
        });
      });

      it("shows what another process saves", async () => {
        changeAsNtm(installation.home.ledgerPath(session), ({ assignments }) => {
          Object.assign(assignments["b.1"]!, { bead_title: "Seen at once" });
        });
        await eventually(async () => {
          assert.match((await workbench.tree("Beads").row("b.1")).description, /Seen at once$/);
        });
      });
    });
  });
}
