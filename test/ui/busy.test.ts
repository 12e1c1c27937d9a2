// The view while another process saves without a pause: it keeps following, and finds what it is asked for.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { emptyLedger, row, saveAsNtm } from "../support/foreignSave";
import type { Home } from "../support/home";
import { useStage } from "./stage";

const container = "NTM Assignments";
const session = "swarm";
/** For how long each rate of saves is kept up: longer than the row may lag behind, several times. */
const busyMs = 6_000;
const mostBehindMs = 3_000;

const placed = (pane: number): Record<string, unknown> => ({
  pane,
  occupancy_key: `%${pane}`,
  dispatch_target: `%${pane}`,
});

describe("a busy swarm", () => {
  let generation = 1;
  let timer: NodeJS.Timeout | undefined;

  function save(home: Home, title: string): void {
    const content = emptyLedger(session);
    const startedAt = new Date().toISOString();
    content.assignments["bd-1"] = row("bd-1", {
      bead_title: title,
      status: "working",
      started_at: startedAt,
      ...placed(1),
    });
    content.assignments["bd-2"] = row("bd-2", { status: "working", started_at: startedAt, ...placed(2) });
    content.persistence_generation = ++generation;
    fs.mkdirSync(path.dirname(home.ledgerPath(session)), { recursive: true });
    saveAsNtm(home.ledgerPath(session), content);
  }

  const stage = useStage({
    project: session,
    arrange: (home) => {
      save(home, "0");
    },
  });
  const tree = (): ReturnType<ReturnType<typeof stage>["workbench"]["tree"]> => stage().workbench.tree("Beads");

  before(async () => {
    await stage().workbench.showContainer(container);
    await tree().row("bd-1");
  });

  afterEach(() => {
    clearInterval(timer);
  });

  /** The title of each save is its time. */
  function keepSaving(intervalMs: number): void {
    timer = setInterval(() => {
      save(stage().home, String(Date.now()));
    }, intervalMs);
  }

  for (const intervalMs of [10, 60, 120, 180]) {
    it(`is followed on the painted row at a save every ${intervalMs} ms`, async () => {
      keepSaving(intervalMs);
      const start = Date.now();
      let mostBehind = 0;
      let changes = 0;
      let before = "";
      while (Date.now() - start < busyMs) {
        const { description } = await tree().row("bd-1");
        const painted = Number(/(\d+)$/.exec(description)?.[1] ?? 0);
        if (painted > 0 || Date.now() - start > mostBehindMs) {
          mostBehind = Math.max(mostBehind, Date.now() - Math.max(painted, start));
        }
        if (description !== before) changes++;
        before = description;
      }
      assert.ok(mostBehind < mostBehindMs, `The row was ${mostBehind} ms behind.`);
      assert.ok(changes >= 2, `The row was painted ${changes} times.`);
    });
  }

  it("lets Go to Bead reveal a row meanwhile", async () => {
    const { workbench } = stage();
    keepSaving(60);
    await workbench.run("NTM Assignments: Go to Bead…");
    await workbench.quickInput.waitUntilOpen();
    await workbench.quickInput.type("bd-2");
    await workbench.page.keyboard.press("Enter");
    const start = Date.now();
    while (!(await tree().row("bd-2")).selected) {
      assert.ok(Date.now() - start < mostBehindMs, "The row isn't selected.");
    }
  });
});
