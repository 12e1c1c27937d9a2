// The ledger's JSON, byte for byte: what Go writes, what it accepts, and what it refuses.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { decodeLedger, encodeLedger } from "../../../src/ledger/codec";
import type { LedgerSnapshot } from "../../../src/ledger/snapshot";
import { ledgerFixtures } from "../../support/project";

describe("Codec", () => {
  for (const fixture of ["schema1/plain", "schema9/plain", "schema9/atomic"]) {
    it(`${fixture} comes back as it was, row by row`, () => {
      const bytes = fs.readFileSync(path.join(ledgerFixtures, fixture, "assignments.json"));
      const snapshot = decode(bytes, path.basename(fixture));
      assert.ok(
        [...snapshot.rows.values()].every(({ source }) => source?.isRegular),
        "ntm's own rows are regular",
      );
      assert.equal(encodeLedger(snapshot).bytes.toString(), bytes.toString());
      assert.equal(encodeLedger(withoutSources(snapshot)).bytes.toString(), bytes.toString());
    });
  }

  it("rows that didn't change stay the same objects", () => {
    const bytes = fs.readFileSync(path.join(ledgerFixtures, "schema9/plain", "assignments.json"));
    const first = decode(bytes, "plain");
    const changed = Buffer.from(bytes.toString().replace("exit 137", "exit 1"));
    const second = decode(changed, "plain", first);
    const replaced = [...second.rows].filter(([id, { row }]) => row !== first.rows.get(id)?.row).map(([id]) => id);
    assert.deepEqual(replaced, ["10"]);
    assert.ok(
      [...second.rows.values()].every(({ source }) => source?.bytes === changed),
      "the old file is let go",
    );
  });

  describe("writes", () => {
    const texts: [name: string, text: string, literal: string][] = [
      ["quotes and backslashes", 'a"b\\c', '"a\\"b\\\\c"'],
      ["short escapes", "\b\f\n\r\t", '"\\b\\f\\n\\r\\t"'],
      ["other control characters", "\u0000\u001b\u007f", '"\\u0000\\u001b\u007f"'],
      ["what HTML could misread", "<a>&amp;</a>", '"\\u003ca\\u003e\\u0026amp;\\u003c/a\\u003e"'],
      ["line separators", "\u2028\u2029", '"\\u2028\\u2029"'],
      ["other Unicode as it is", "é漢😀/", '"é漢😀/"'],
      ["lone surrogates as U+FFFD", "a\ud800b", '"a\ufffdb"'],
    ];
    for (const [name, text, literal] of texts) {
      it(name, () => {
        const { rows, ...rest } = decode(ledger({ b: row() }));
        const entry = rows.get("b") ?? assert.fail();
        const changed = new Map([["b", { ...entry, row: { ...entry.row, bead_title: text }, source: undefined }]]);
        const written = encodeLedger({ ...rest, rows: changed }).bytes.toString();
        assert.ok(written.includes(`"bead_title": ${literal},\n`), written);
      });
    }

    it("keys in the order of their UTF-8 bytes", () => {
      const ids = ["", "B", "aé", "b", "b-1", "b.1", "b10", "b9", "～", "😀"];
      const shuffled = Object.fromEntries([...ids].reverse().map((id) => [id, row({ bead_id: id })]));
      const encoded = encodeLedger(decode(ledger(shuffled))).bytes.toString();
      assert.deepEqual(
        [...encoded.matchAll(/^ {4}("[^"]*"): \{$/gm)].map(([, key]) => JSON.parse(key ?? "") as string),
        ids,
      );
    });

    it("no empty value that Go omits, and every value that it doesn't", () => {
      const empty = { agent_name: "", retry_count: 0, reserved_paths: [], reservation_ids: [], claim_actor: null };
      const encoded = encodeLedger(decode(ledger({ b: { bead_id: "b", ...empty } }))).bytes.toString();
      const expected = ["bead_id", "bead_title", "pane", "agent_type", "status", "assigned_at"];
      assert.deepEqual(
        [...encoded.matchAll(/^ {6}"(\w+)"/gm)].map(([, name]) => name),
        expected,
      );
      assert.match(encoded, /"assigned_at": "0001-01-01T00:00:00Z"/);
    });

    it("an empty ledger", () => {
      const text = encodeLedger(decode('{"session_name":"s","version":1}')).bytes.toString();
      assert.equal(
        text,
        '{\n  "session_name": "s",\n  "assignments": {},\n  "updated_at": "0001-01-01T00:00:00Z",\n  "version": 1\n}',
      );
    });
  });

  describe("keeps", () => {
    it("unknown fields and numbers beyond JavaScript's, exactly", () => {
      const odd =
        '"pane": 9007199254740993, "future": {"n": 1.50, "big": 123456789012345678901, "a": [1e2]}, "reservation_ids": [9223372036854775807, 1]';
      const text = `{"session_name": "s", "later": 1.0, "assignments": {"b": {"bead_id": "b", ${odd}}}, "version": 1}`;
      for (const decoded of [decode(text), decode(encodeLedger(decode(text)).bytes)]) {
        const written = encodeLedger(withoutSources(decoded)).bytes.toString();
        assert.ok(written.includes('"later": 1.0'), written);
        assert.ok(written.includes('"pane": 9007199254740993,'), written);
        assert.ok(written.includes('"future": {"n": 1.50, "big": 123456789012345678901, "a": [1e2]}'), written);
        assert.ok(written.includes('"reservation_ids": [9223372036854775807, 1]'), written);
      }
    });

    it("generations up to Go's largest", () => {
      const text = `{"session_name": "s", "persistence_generation": 18446744073709551615, "cleared_generations": {"b": 9007199254740993}, "version": 9}`;
      const snapshot = decode(text);
      assert.equal(snapshot.generation, 18446744073709551615n);
      assert.equal(snapshot.clearedGenerations.get("b"), 9007199254740993n);
      assert.match(encodeLedger(snapshot).bytes.toString(), /"persistence_generation": 18446744073709551615,/);
    });

    it("a row under the name of its key", () => {
      assert.equal(decode(ledger({ b: row({ bead_id: "other" }) })).rows.get("b")?.row.bead_id, "b");
    });

    it("keys that JavaScript gives a meaning", () => {
      const ids = ["__proto__", "constructor", "toString", "10", "9"];
      const text = `{"session_name": "s", "assignments": {${ids.map((id) => `"${id}": {"bead_id": "${id}", "__proto__": 1}`).join(",")}}, "version": 1}`;
      const snapshot = decode(encodeLedger(decode(text)).bytes);
      assert.deepEqual(new Set(snapshot.rows.keys()), new Set(ids));
      assert.match(encodeLedger(snapshot).bytes.toString(), /"__proto__": 1/);
      assert.equal(Object.getPrototypeOf(snapshot.rows.get("9")?.row), Object.prototype);
    });
  });

  describe("decodes as Go does", () => {
    const fields: [name: string, fields: string, expected: Record<string, unknown>][] = [
      ["keys in any case", '"BEAD_TITLE": "x", "ſtatus": "working"', { bead_title: "x", status: "working" }],
      ["the later of two keys", '"bead_title": "x", "Bead_Title": "y"', { bead_title: "y" }],
      ["null as no value", '"bead_title": "x", "bead_title": null', { bead_title: "x" }],
      ["null times as absent", '"started_at": "2026-01-01T00:00:00Z", "started_at": null', { started_at: undefined }],
      ["-0 as 0", '"pane": -0', { pane: 0 }],
      ["null strings in a list as empty", '"reserved_paths": [null, "a"]', { reserved_paths: ["", "a"] }],
      ["lone surrogates as U+FFFD", '"bead_title": "a\\ud800b"', { bead_title: "a\ufffdb" }],
      ["a time as it stands", '"assigned_at": "2026-01-02T5:04:05,000Z"', { assigned_at: "2026-01-02T5:04:05,000Z" }],
    ];
    for (const [name, text, expected] of fields) {
      for (const [layout, document] of Object.entries(layouts(text))) {
        it(`${name} (${layout})`, () => {
          const decoded = decode(document).rows.get("b")?.row as unknown as Record<string, unknown>;
          for (const [field, value] of Object.entries(expected)) assert.deepEqual(decoded[field], value);
        });
      }
    }

    const refused: [text: string, message: RegExp][] = [
      ['"pane": 1.0', /cannot unmarshal number 1\.0 into Go struct field Assignment\.assignments\.pane of type int/],
      ['"pane": 1e2', /cannot unmarshal number 1e2/],
      ['"pane": "1"', /cannot unmarshal string into .*pane of type int/],
      ['"pane": 9223372036854775808', /cannot unmarshal number 9223372036854775808/],
      ['"pane": 01', /invalid character '1' after object key:value pair/],
      ['"reservation_ids": [1.0]', /cannot unmarshal number 1\.0/],
      ['"reservation_completed": 1', /cannot unmarshal number into .*reservation_completed of type bool/],
      ['"bead_title": "a\nb"', /invalid character '\\n' in string literal/],
      ['"assigned_at": "2026-01-02t03:04:05Z"', /parsing time/],
      ['"assigned_at": 5', /Time.UnmarshalJSON: input is not a JSON string/],
      ['"started_at": ""', /parsing time ""/],
    ];
    for (const [text, message] of refused) {
      for (const [layout, document] of Object.entries(layouts(text))) {
        it(`and refuses ${text} (${layout})`, () => {
          const { fault } = decodeLedger(Buffer.from(document), "s");
          assert.match(fault?.message ?? "no fault", message);
        });
      }
    }

    it("two objects of rows, which merge, and two rows of a bead, of which the later stays", () => {
      const first = '{"a": {"bead_id": "a", "agent_name": "n"}, "b": {"bead_id": "b"}}';
      const text = `{"session_name": "s", "assignments": ${first}, "Assignments": {"a": {"bead_id": "a", "pane": 4}}, "version": 1}`;
      const { rows } = decode(text);
      assert.deepEqual([...rows.keys()], ["a", "b"]);
      assert.equal(rows.get("a")?.row.pane, 4);
      assert.equal(rows.get("a")?.row.agent_name, undefined);
    });

    it("a second object of rows behind ntm's layout", () => {
      const text = ledger({ b: row() }).replace('"version": 1', '"version": 1,\n  "assignments": null');
      assert.equal(decode(text).rows.size, 0);
    });

    it("every invalid byte as one U+FFFD", () => {
      const text = ledger({ b: row({ bead_title: "XX" }) });
      const bytes = Buffer.from(text.replace("XX", "\u0001\u0002"), "latin1");
      bytes[bytes.indexOf(1)] = 0xe2;
      bytes[bytes.indexOf(2)] = 0x82;
      assert.equal(decode(bytes).rows.get("b")?.row.bead_title, "\ufffd\ufffd");
    });
  });
});

function decode(text: string | Buffer, session = "s", previous?: LedgerSnapshot): LedgerSnapshot {
  const { snapshot, fault } = decodeLedger(typeof text === "string" ? Buffer.from(text) : text, session, previous);
  assert.equal(fault, undefined);
  return snapshot ?? assert.fail("no snapshot");
}

function withoutSources(snapshot: LedgerSnapshot): LedgerSnapshot {
  const rows = new Map([...snapshot.rows].map(([id, entry]) => [id, { ...entry, source: undefined }]));
  return { ...snapshot, rows };
}

function row(fields: Record<string, unknown> = {}): Record<string, unknown> {
  const time = "2026-02-14T01:08:18.5Z";
  return {
    bead_id: "b",
    bead_title: "t",
    pane: 1,
    agent_type: "codex",
    status: "assigned",
    assigned_at: time,
    ...fields,
  };
}

/** A schema 1 ledger in ntm's layout, with rows in the order given unless JavaScript knows better. */
function ledger(rows: Record<string, unknown>): string {
  return JSON.stringify(
    { session_name: "s", assignments: rows, updated_at: "2026-02-14T01:08:18Z", version: 1 },
    null,
    2,
  );
}

/** The same fields in a row as ntm lays it out, where the quick way applies, and on one line. */
function layouts(fields: string): Record<string, string> {
  const lines = fields.split(/, (?=")/).join(",\n      ");
  return {
    "ntm's layout": `{\n  "session_name": "s",\n  "assignments": {\n    "b": {\n      "bead_id": "b",\n      ${lines}\n    }\n  },\n  "updated_at": "2026-02-14T01:08:18Z",\n  "version": 1\n}`,
    "one line": `{"session_name": "s", "assignments": {"b": {"bead_id": "b", ${fields}}}, "version": 1}`,
  };
}
