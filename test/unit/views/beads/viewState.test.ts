import "../../../support/vscodeStub";
import * as assert from "node:assert/strict";
import { noFilter } from "../../../../src/views/beads/filter";
import { viewStateOf, type ViewState, type ViewStateInput } from "../../../../src/views/beads/viewState";
import type { BeadsState } from "../../../../src/contributions";
import { attentionIn, noAttention } from "../../../../src/session/attention";
import type { SessionEntry, SessionList } from "../../../../src/session/sessionList";
import type { SessionSnapshot } from "../../../../src/session/sessionSnapshot";
import { LedgerOfRows } from "../../../support/ledgerOfRows";

const now = Date.parse("2026-11-22T12:00:00Z");
const never = { assigned: 0, working: 0, claiming: 0, claimed: 0 };

describe("the state of the Beads view", () => {
  let ledger: LedgerOfRows;
  beforeEach(() => (ledger = new LedgerOfRows()));
  afterEach(() => {
    ledger.remove();
  });

  const entry: SessionEntry = { sessionName: "session", folder: "/s/session", savedAt: 0, problem: undefined };
  const list = (
    storage: SessionList["storage"]["kind"] = "ok",
    entries: readonly SessionEntry[] = [],
  ): SessionList => ({
    storage: storage === "unreachable" ? { kind: storage, code: "EACCES" } : { kind: storage },
    entries,
    ledgerless: [],
  });
  const viewState = (snapshot: SessionSnapshot | undefined, content: Partial<ViewStateInput> = {}): ViewState =>
    viewStateOf({
      list: list("ok", [entry]),
      snapshot,
      attention: snapshot === undefined ? noAttention : attentionIn(snapshot, never, now),
      pinned: undefined,
      options: { grouping: "pane", filter: noFilter },
      paneCount: 0,
      hiddenCount: 0,
      isReadOnly: false,
      ...content,
    });
  const state = (snapshot: SessionSnapshot | undefined, content: Partial<ViewStateInput> = {}): BeadsState =>
    viewState(snapshot, content).contextKeys.beadsState;

  it("has a value for each cause of an empty tree", async () => {
    assert.equal(state(undefined, { list: undefined }), "loading");
    assert.equal(state(undefined, { list: list("missing") }), "noStorage");
    assert.equal(state(undefined, { list: list("unreachable") }), "storageTrouble");
    assert.equal(state(undefined, { list: list("ok") }), "noSession");
    const illegal: SessionEntry = { ...entry, sessionName: "a b", problem: { kind: "illegal-name" } };
    assert.equal(state(undefined, { list: list("ok", [illegal]) }), "noSession");
    assert.equal(state(undefined, { list: list("ok", [entry]) }), "loading");
    assert.equal(state(await ledger.removed()), "noLedger");
    assert.equal(state(await ledger.with()), "noRows");
    assert.equal(state(await ledger.with(), { paneCount: 1 }), "rows");
    assert.equal(state(await ledger.with({ bead_id: "a" })), "rows");
    assert.equal(state(await ledger.with({ bead_id: "a" }), { hiddenCount: 1 }), "allFiltered");
  });

  it("never shows a problem as an empty ledger", async () => {
    assert.equal(state(await ledger.withBytes("")), "unreadable");
    const newer = '{"session_name":"session","assignments":{},"persistence_generation":1,"version":10}';
    assert.equal(state(await ledger.withBytes(newer)), "newerSchema");
  });

  it("names the problem above the last rows that could be read", async () => {
    await ledger.with({ bead_id: "a" });
    const { message, contextKeys, badge } = viewState(await ledger.withBytes('{"session_name": "ses'));
    assert.match(message, /is incomplete or not valid JSON\..*The rows below are the last that could be read\.$/);
    assert.deepEqual([contextKeys.beadsState, contextKeys.hasLedgerProblem], ["rows", true]);
    assert.deepEqual(badge, { value: 1, tooltip: "the ledger has a problem" });
  });

  it("has no message if a welcome view is shown, or there is no problem", async () => {
    assert.equal(viewState(await ledger.withBytes("{")).message, "");
    assert.equal(viewState(await ledger.with({ bead_id: "a" })).message, "");
  });

  it("says above the rows that they can't be changed, and sets the context key for menus", async () => {
    const { message, contextKeys } = viewState(await ledger.with({ bead_id: "a" }), { isReadOnly: true });
    assert.equal(message, "Ledgers can't be locked on this machine, so they are shown read-only.");
    assert.equal(contextKeys.isReadOnly, true);
    assert.equal(viewState(await ledger.with(), { isReadOnly: true }).message, "");
  });

  it("can be unpinned from any session", async () => {
    assert.equal(viewState(await ledger.with(), { pinned: "another" }).contextKeys.isPinned, true);
    assert.equal(viewState(await ledger.with()).contextKeys.isPinned, false);
  });

  it("says above the rows that their folder doesn't answer", async () => {
    const { message } = viewState(await ledger.with({ bead_id: "a" }), { unresponsive: "/mnt/slow" });
    assert.equal(message, "/mnt/slow isn't answering, so the beads may be out of date.");
  });

  it("has the session, the pin and the filter in the description", async () => {
    const snapshot = await ledger.with({ bead_id: "a" });
    assert.equal(viewState(snapshot).description, "session");
    const filter = { text: " fix\nit ", statuses: ["failed", "working"] };
    assert.equal(
      viewState(snapshot, { pinned: "session", options: { grouping: "pane", filter } }).description,
      "1 of 1 · “fix it” · failed, working · session (pinned)",
    );
  });

  it("has in the description how many beads the filter shows, and how many are snoozed", async () => {
    const snapshot = await ledger.with({ bead_id: "a", status: "failed" }, { bead_id: "b" }, { bead_id: "c" });
    const filter = { text: "", statuses: ["failed"] };
    const attention = attentionIn(snapshot, never, now, undefined, () => Infinity);
    assert.equal(
      viewState(snapshot, { attention, hiddenCount: 2, options: { grouping: "pane", filter } }).description,
      "1 of 3 · 1 snoozed · failed · session",
    );
  });

  it("has the number of rows that need attention in the badge, and no badge for 0", async () => {
    assert.equal(
      viewState(await ledger.with({ bead_id: "a" }, { bead_id: "b", status: "completed" })).badge,
      undefined,
    );
    assert.deepEqual(viewState(await ledger.with({ bead_id: "a", status: "failed" }, { bead_id: "b" })).badge, {
      value: 1,
      tooltip: "1 failed",
    });
  });
});
