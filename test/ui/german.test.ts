// In German, both the manifest's strings and those of the code are translated.
import * as assert from "node:assert/strict";
import { eventually } from "../support/eventually";
import { useStage } from "./stage";

describe("in German", () => {
  const stage = useStage({
    project: "swarm",
    language: "de",
    arrange: (home) => {
      home.placeLedger("swarm", "schema9/plain");
    },
  });

  it("are the views, their rows and their menus", async () => {
    const { workbench } = stage();
    await workbench.showContainer("NTM-Zuweisungen");
    const tree = workbench.tree("Beads");
    await eventually(async () => {
      assert.match((await tree.row(/^bd-10$/)).description, /^\d+ T/);
    });
    const menu = await tree.openContextMenu(/^bd-10$/);
    assert.deepEqual(await menu.items(), [
      "Als abgeschlossen markieren",
      "Als fehlgeschlagen markieren …",
      "Neu zuweisen …",
      "Details anzeigen",
      "Verlauf anzeigen",
      "Zeitachse öffnen",
      "Bead-ID kopieren",
      "Zurückstellen …",
      "Entfernen",
    ]);
    await workbench.screenshot("german-menu");
    await menu.click("Entfernen");
    assert.equal(await workbench.dialog.message(), "bd-10 aus dem Ledger entfernen?");
    await workbench.screenshot("german-question");
    await workbench.dialog.click("Cancel");
  });
});
