// Keys and the buttons of the view's title: they are about the row with the focus, the selection that it is a part of, or nothing.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { eventually } from "../support/eventually";
import { emptyLedger, row, saveAsNtm, type LedgerContent } from "../support/foreignSave";
import type { Home } from "../support/home";
import { useStage } from "./stage";

const container = "NTM Assignments";
const session = "swarm";
const placed = { pane: 3, occupancy_key: "%3", dispatch_target: "%3" };
/** More than the view has lines. */
const count = 60;

const name = (index: number): string => `bd-${String(index).padStart(2, "0")}`;

function arrange(home: Home): void {
  const content = emptyLedger(session);
  for (let index = 1; index <= count; index++) {
    const failed = index % 20 === 5 ? { status: "failed", failed_at: "2026-11-22T10:00:00Z" } : {};
    content.assignments[name(index)] = row(name(index), {
      status: "working",
      started_at: new Date().toISOString(),
      ...placed,
      ...failed,
    });
  }
  fs.mkdirSync(path.dirname(home.ledgerPath(session)), { recursive: true });
  saveAsNtm(home.ledgerPath(session), content);
}

describe("keys in the view of beads", () => {
  const stage = useStage({ project: session, arrange });
  const tree = (): ReturnType<ReturnType<typeof stage>["workbench"]["tree"]> => stage().workbench.tree("Beads");
  const press = (key: string): Promise<void> => stage().workbench.page.keyboard.press(key);

  function statusOf(beadId: string): unknown {
    const content = JSON.parse(fs.readFileSync(stage().home.ledgerPath(session), "utf8")) as LedgerContent;
    return content.assignments[beadId]?.["status"];
  }

  async function becomesCompleted(...beadIds: readonly string[]): Promise<void> {
    await eventually(() => {
      assert.deepEqual(
        beadIds.map((beadId) => [beadId, statusOf(beadId)]),
        beadIds.map((beadId) => [beadId, "completed"]),
      );
    });
    await eventually(async () => {
      const shown = await tree().rows();
      for (const beadId of beadIds) assert.ok(!shown.some(({ label }) => label === beadId), beadId);
    });
  }

  before(async () => {
    await stage().workbench.showContainer(container);
    await tree().expand(/^Pane 3/);
    await tree().row(name(1));
  });

  afterEach(async () => {
    await press("Escape");
    await stage().workbench.notifications.clear();
  });

  it("complete the row with the focus, not the one that was clicked", async () => {
    await tree().select(name(1));
    await press("ArrowDown");
    await press("Control+Enter");
    await becomesCompleted(name(2));
    assert.equal(statusOf(name(1)), "working");
  });

  it("copy and remove the row with the focus", async () => {
    const { dialog, page } = stage().workbench;
    await tree().select(name(6));
    await press("ArrowDown");
    await press("Control+c");
    await eventually(async () => {
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), name(7));
    });
    await press("Delete");
    assert.equal(await dialog.message(), `Remove ${name(7)} from the ledger?`);
    await dialog.click("Cancel");
  });

  it("go to the next problem from the row with the focus", async () => {
    await tree().select(name(5));
    for (let step = 0; step < 3; step++) await press("ArrowDown");
    await press("F8");
    // The failed rows come first, in a row: after the last of them it begins again.
    await eventually(async () => {
      assert.ok((await tree().rows()).some(({ label, selected }) => selected && label === name(5)));
    });
  });

  it("complete the selection that the focus is in", async () => {
    await tree().select(name(8));
    await tree().select(name(9), { adding: true });
    await press("Control+Enter");
    await becomesCompleted(name(8), name(9));
  });

  it("ask by name when several rows are selected and the focus is on another", async () => {
    const { quickInput } = stage().workbench;
    await tree().select(name(10));
    await tree().select(name(11), { adding: true });
    await press("ArrowDown");
    await press("Control+Enter");
    const items = await quickInput.items();
    assert.deepEqual(
      items.map(({ label, description }) => [label, description]),
      [
        [name(12), "has the focus"],
        ["2 selected", `${name(10)}, ${name(11)}`],
      ],
    );
    await quickInput.pick(name(12));
    await becomesCompleted(name(12));
    assert.deepEqual([statusOf(name(10)), statusOf(name(11))], ["working", "working"]);
  });

  it("complete a selection of which a row isn't visible", async () => {
    await tree().select(name(1));
    await eventually(async () => {
      await tree().scroll(400);
      assert.ok((await tree().rows()).every(({ label }) => label !== name(1)));
    });
    const visible = (await tree().rows()).filter(({ label }) => label.startsWith("bd-"));
    const { label } = visible[Math.floor(visible.length / 2)]!;
    await tree().select(label, { adding: true });
    await press("Control+Enter");
    await becomesCompleted(name(1), label);
  });

  it("are not what the title's buttons go by: Assign… asks for the pane", async () => {
    const { workbench } = stage();
    const { quickInput } = workbench;
    await eventually(async () => {
      await tree().scroll(-2000);
      assert.ok((await tree().rows()).some(({ label }) => label.startsWith("Pane 3")));
    });
    await tree().select(/^Pane 3/);
    await tree().clickTitleAction("Assign…");
    await quickInput.waitUntilOpen();
    await quickInput.type("bd-new");
    await press("Enter");
    await eventually(async () => {
      assert.match(await quickInput.placeholder(), /^Select a pane/);
    });
    await quickInput.cancel();
  });
});
