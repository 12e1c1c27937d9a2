// A report describes a ledger without the texts that agents wrote into it.
import * as assert from "node:assert/strict";
import { assignmentFields, type Assignment } from "../../../src/assignment";
import type { HistoryEvent } from "../../../src/history/historyEvent";
import { eventLine, saveLine } from "../../../src/history/journalLines";
import { type ReportInputs, markdownReport } from "../../../src/report/report";

/** A row with a secret in every field that it can have, and in unknown fields. */
function secretRow(): { row: Assignment; secrets: string[] } {
  const secrets: string[] = [];
  const secret = (name: string): string => {
    secrets.push(`hush-${name}-${secrets.length}`);
    return secrets.at(-1)!;
  };
  const number = (): number => {
    secrets.push(String(987_654_000 + secrets.length));
    return Number(secrets.at(-1));
  };
  const row: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(assignmentFields)) {
    if (kind === "string" || kind === "timestamp") row[name] = secret(name);
    else if (kind === "strings") row[name] = [secret(name), secret(name)];
    else if (kind === "integers") row[name] = [number()];
    else if (kind === "boolean") row[name] = true;
    else row[name] = 1;
  }
  row[secret("name")] = { [secret("key")]: [secret("value")], plain: secret("value") };
  row["future_token"] = secret("future");
  return { row: row as unknown as Assignment, secrets };
}

const event: HistoryEvent = {
  kind: "working",
  at: "2026-11-25T09:00:00.000000000Z",
  beadId: "hush-id",
  generation: "hush-key",
  pane: "%77",
  paneIndex: 3,
  agentType: "cc",
};

function factsWith(rows: readonly Assignment[], changes: Partial<ReportInputs> = {}): ReportInputs {
  return {
    createdAt: "2026-11-25T10:00:00.000Z",
    versions: { "NTM Assignments": "0.2.0", tmux: "3.3a" },
    settings: { notifications: "failed", storageFolder: "/home/jo/ledgers" },
    ledger: {
      sessionName: "atlas",
      path: "/home/jo/.ntm/sessions/atlas/assignments.json",
      schema: 9,
      generation: 4,
      updatedAt: "2026-11-25T09:00:00Z",
      health: { kind: "ok" },
      copies: [
        { name: "assignments.json", state: "ok", size: 812, modifiedAt: "2026-11-25T09:00:00Z", sha256: "ab12" },
        { name: "assignments.json.bak", state: "absent" },
      ],
      rows,
    },
    log: [],
    journal: [],
    homeFolder: "/home/jo",
    ...changes,
  };
}

describe("a report", () => {
  it("describes the ledger: copies, health, versions, settings", () => {
    const text = markdownReport(factsWith([]), { includesTexts: false });
    for (const part of [
      "| tmux | 3.3a |",
      "| assignments.json | ok | 812 |",
      "| health | ok |",
      '"notifications": "failed"',
    ]) {
      assert.ok(text.includes(part), `${part} in\n${text}`);
    }
  });

  it("holds none of the secrets of a row, in any field", () => {
    const { row, secrets } = secretRow();
    assert.ok(secrets.length > 50);
    const log = secrets.flatMap((secret) => [`[info] changed ${secret}.`, JSON.stringify({ secret })]);
    const journal = [
      ...secrets.flatMap((secret) => [
        eventLine({ ...event, beadId: secret, generation: secret, agentName: secret, reason: secret }),
        eventLine({ ...event, agentType: secret, pane: secret }),
        JSON.stringify([secret, secret, { [secret]: secret }]),
        JSON.stringify({ recordedSave: secret, [secret]: event.at }),
      ]),
      `["torn", "${secrets.join()}`,
    ];
    const text = markdownReport(factsWith([row], { log, journal }), { includesTexts: false });
    assert.deepEqual(
      secrets.filter((secret) => text.includes(secret)),
      [],
    );
    assert.ok(text.includes("bead 1"));
    assert.match(text, /prompt_sent: \d+ characters/);
  });

  it("lists the journal's events, without the session's name and the texts of removed rows", () => {
    const failed: HistoryEvent = {
      ...event,
      kind: "failed",
      beadId: "hush-gone",
      reason: "hush reason",
      retryCount: 2,
    };
    const journal = [eventLine(event), eventLine(failed), saveLine(event.at), "{torn"].map((line) => line.trim());
    const log = ["[error] hush-gone: hush reason", "reading atlas/assignments.json"];
    const text = markdownReport(factsWith([], { log, journal }), { includesTexts: false });
    assert.ok(!text.includes("hush") && !text.includes("atlas"), text);
    const lines = [
      "bead 1: working at 2026-11-25T09:00:00.000000000Z, pane index 3",
      "bead 2: failed at 2026-11-25T09:00:00.000000000Z, pane index 3, retries: 2",
      "recordedSave: 2026-11-25T09:00:00.000000000Z",
      "unreadable line of 5 characters",
    ];
    assert.ok(text.includes(lines.join("\n")), text);
  });

  it("leaves nothing of texts that overlap, in a log of a large ledger too", () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => ({ ...secretRow().row, bead_id: `hush-${index}-row` }));
    const changes = {
      log: ["before hush-77-rowhush-78-row after"],
      ledger: { ...factsWith(rows).ledger!, sessionName: "77-row" },
    };
    const text = markdownReport(factsWith(rows, changes), { includesTexts: false });
    assert.ok(text.includes("before …… after"), text.slice(-300));
    const overlapping = factsWith([{ ...rows[0]!, bead_title: "one two three", bead_id: "three four five" }], {
      log: ["is one two three four five."],
    });
    assert.ok(markdownReport(overlapping, { includesTexts: false }).includes("is …."));
  });

  it("holds none of them in what it says of the ledger's trouble", () => {
    const problem = { code: "malformed", copy: "primary", message: "near hush-1", remedy: "promote-backup" } as const;
    const { ledger } = factsWith([]);
    const facts = factsWith([], { ledger: { ...ledger!, health: { kind: "unreadable", problem } } });
    assert.ok(!markdownReport(facts, { includesTexts: false }).includes("hush-1"));
    assert.ok(markdownReport(facts, { includesTexts: false }).includes("malformed (primary)"));
    assert.ok(markdownReport(facts, { includesTexts: true }).includes("near hush-1"));
  });

  it("holds all of them when that is asked for", () => {
    const { row, secrets } = secretRow();
    const text = markdownReport(factsWith([row]), { includesTexts: true });
    assert.deepEqual(
      secrets.filter((secret) => !text.includes(secret)),
      [],
    );
  });

  it("keeps statuses and times, which a bug report is about", () => {
    const row = { ...secretRow().row, status: "working", assigned_at: "2026-11-25T09:00:00.123456789Z" } as const;
    const text = markdownReport(factsWith([row]), { includesTexts: false });
    assert.ok(text.includes("status: working") && text.includes("assigned_at: 2026-11-25T09:00:00.123456789Z"));
  });

  it("shows the home folder as ~ everywhere", () => {
    const log = ["reading /home/jo/.ntm/sessions", String.raw`{"path":"\/home\/jo"}`];
    for (const includesTexts of [false, true]) {
      assert.ok(!markdownReport(factsWith([], { log }), { includesTexts }).includes("/home/jo"));
    }
  });

  it("lets no text out of its fence or its cell", () => {
    const facts = factsWith([], { log: ["````", "# Heading"], versions: { ntm: "a|b\n# c <img>" } });
    const text = markdownReport(facts, { includesTexts: false });
    assert.ok(text.includes("`````text\n````\n# Heading\n`````"), text);
    assert.ok(text.includes(String.raw`| ntm | a\|b # c \<img\> |`), text);
  });
});
