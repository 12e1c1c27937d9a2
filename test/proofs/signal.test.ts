// A writer that gets a signal to end, as an extension host does when its window closes.
import * as assert from "node:assert/strict";
import { loadAsNtm } from "../support/ntmLoader";
import { Program } from "../support/program";
import { TemporaryStorage } from "../support/storage";
import { place, saves, session, statusesOf } from "./scenarios";

describe("a writer that is asked to end in the midst of a save", () => {
  it("ends, and leaves a ledger that loads", async () => {
    const storage = new TemporaryStorage();
    place(storage, saves[0]!);
    const { signal, output, errors } = await new Program("signalledWriter", [storage.path]).ended;
    assert.deepEqual([signal, output, errors], ["SIGTERM", "", ""]);
    assert.deepEqual(statusesOf(loadAsNtm(storage.primary(session))), saves[0]!.before);
    storage.remove();
  });
});
