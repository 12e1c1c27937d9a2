// Any content of the file: decoding returns a snapshot or a fault, in bounded time, and keeps everything it can.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as fc from "fast-check";
import { decodeLedger, encodeLedger, type Decoded } from "../../src/ledger/codec";
import type { LedgerSnapshot } from "../../src/ledger/snapshot";
import { ledgerFixtures } from "../support/project";

const good = ["schema1/plain", "schema9/plain", "schema9/atomic"].map((name) =>
  fs.readFileSync(path.join(ledgerFixtures, name, "assignments.json")),
);

const text = fc.string({ unit: "binary", maxLength: 20 });
const time = fc.constantFrom("2026-02-14T01:08:18Z", "2026-02-14T01:08:18.000000001Z", "0001-01-01T00:00:00Z");
const row = fc.record(
  {
    bead_title: text,
    pane: fc.integer(),
    agent_type: text,
    agent_name: text,
    status: fc.constantFrom("assigned", "working", "completed", "failed", "reassigned", "later"),
    assigned_at: time,
    started_at: time,
    fail_reason: text,
    retry_count: fc.nat(),
    reserved_paths: fc.array(text, { maxLength: 3 }),
    reservation_ids: fc.array(fc.integer(), { maxLength: 3 }),
    terminal_claim_released: fc.boolean(),
    future: fc.jsonValue({ maxDepth: 2 }),
  },
  { requiredKeys: ["bead_title", "pane", "agent_type", "status", "assigned_at"] },
);
const ledger = fc.record({
  session_name: fc.constant("s"),
  assignments: fc.dictionary(text, row, { maxKeys: 5 }),
  updated_at: time,
  version: fc.constantFrom(1, 7),
  unheard_of: fc.jsonValue({ maxDepth: 2 }),
});

/** The content of a snapshot, without byte positions. */
function content({ rows, ...rest }: LedgerSnapshot): unknown {
  return { ...rest, rows: new Map([...rows].map(([id, entry]) => [id, { row: entry.row, raw: entry.raw }])) };
}

/** A row as ntm lays it out in a ledger. */
function indented(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll("\n", "\n    ");
}

function answer(bytes: Buffer): Decoded {
  const decoded = decodeLedger(bytes, "s");
  assert.ok(decoded.snapshot !== undefined || decoded.fault !== undefined);
  return decoded;
}

function snapshotOf(bytes: Buffer, previous?: LedgerSnapshot): LedgerSnapshot {
  const { snapshot, fault } = decodeLedger(bytes, "s", previous);
  assert.equal(fault, undefined);
  return snapshot ?? assert.fail("neither snapshot nor fault");
}

describe("any bytes", () => {
  it("are answered, be they JSON or not", () => {
    fc.assert(
      fc.property(fc.json(), (json) => void answer(Buffer.from(json))),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void answer(Buffer.from(bytes))),
      {
        numRuns: 2000,
      },
    );
  });

  it("are answered when a good ledger is cut off or a bit of it is flipped", () => {
    const damage = fc.tuple(fc.constantFrom(...good), fc.nat(), fc.nat({ max: 7 }), fc.boolean());
    fc.assert(
      fc.property(damage, ([bytes, position, bit, isCut]) => {
        const at = position % bytes.length;
        const damaged = Buffer.from(isCut ? bytes.subarray(0, at) : bytes);
        if (!isCut) damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        const decoded = answer(damaged);
        if (isCut) assert.equal(decoded.fault?.code, "malformed");
      }),
      { numRuns: 3000 },
    );
  });

  it("are read alike by the quick reader and the exact one, with any content in the lines of a valid ledger", () => {
    const member = fc.constantFrom(
      '"pane": 1.0',
      '"pane": 2',
      '"retry_count": 1e0',
      '"retry_count": -0',
      '"retry_count": 1, "retry_count": 1.0',
      '"status": 5',
      '"status": "later"',
      '"status": "", "status": "a\\"b"',
      '"bead_title": "\\ud800"',
      '"bead_title": "a\\\\"',
      '"Bead_Title": "folded"',
      '"bead_id": "other"',
      '"assigned_at": "2026-02-14T1:08:18Z"',
      '"assigned_at": "soon"',
      '"reserved_paths": ["a", 1]',
      '"reserved_paths": []',
      '"terminal_claim_released": false',
      '"future": {"pane": 1}',
    );
    const place = fc.constantFrom("before", "behind", "line before");
    const changes = fc.array(fc.tuple(fc.nat(), member, place), { minLength: 1, maxLength: 3 });
    let quick = 0;
    fc.assert(
      fc.property(fc.nat({ max: good.length - 1 }), changes, (index, wanted) => {
        const lines = good[index]!.toString().split("\n");
        for (const [position, added, where] of wanted) {
          const fields = lines.flatMap((line, number) => (/^ {6}"/.test(line) ? [number] : []));
          const at = fields[position % fields.length]!;
          const line = lines[at]!;
          if (where === "before") lines[at] = `      ${added}, ${line.trim()}`;
          else if (where === "behind" && line.endsWith(",")) lines[at] = `${line} ${added},`;
          else lines.splice(at, 0, `      ${added},`);
        }
        const text = lines.join("\n");
        const { session_name: sessionName } = JSON.parse(text) as { session_name: string };
        // Nothing but the exact reader takes a file that begins with a blank.
        const [found, expected] = [text, ` ${text}`].map((one) => decodeLedger(Buffer.from(one), sessionName));
        assert.deepEqual(found?.fault, expected?.fault);
        assert.equal(found?.snapshot === undefined, expected?.snapshot === undefined);
        if (found?.snapshot === undefined || expected?.snapshot === undefined) return;
        for (const [id, { row: read }] of found.snapshot.rows) {
          assert.deepEqual(read, expected.snapshot.rows.get(id)?.row);
        }
        assert.equal(found.snapshot.rows.size, expected.snapshot.rows.size);
        if ([...found.snapshot.rows.values()].some(({ source }) => source !== undefined)) quick++;
      }),
      { numRuns: 3000 },
    );
    assert.ok(quick > 500, `${quick} ledgers went through the quick reader`);
  });

  it("of 10,000 ledgers are kept, whichever way they are read", () => {
    fc.assert(
      fc.property(ledger, (value) => {
        const laidOut = snapshotOf(Buffer.from(JSON.stringify(value, null, 2)));
        const compact = snapshotOf(Buffer.from(JSON.stringify(value)));
        assert.deepEqual([...laidOut.rows.keys()].sort(), [...compact.rows.keys()].sort());
        for (const [id, { row: read }] of laidOut.rows) assert.deepEqual(read, compact.rows.get(id)?.row);

        const { bytes, snapshot } = encodeLedger(compact);
        const again = snapshotOf(bytes);
        assert.deepEqual(content(again), content(snapshot));
        assert.equal(encodeLedger(again).bytes.toString(), bytes.toString());
        assert.deepEqual(content(snapshotOf(bytes, laidOut)), content(again));

        const written = JSON.parse(bytes.toString()) as typeof value;
        assert.deepEqual(written.unheard_of, JSON.parse(JSON.stringify(value.unheard_of)));
        for (const [id, { future }] of Object.entries(value.assignments)) {
          const kept = written.assignments[id.toWellFormed()];
          assert.deepEqual(kept?.future, future === undefined ? undefined : JSON.parse(JSON.stringify(future)));
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it("are read alike with and without what was read before, and unchanged rows are the same objects", () => {
    const id = fc.constantFrom("a", "b", "c", "d", "e", "ä", 'q"');
    const rows = fc.uniqueArray(fc.tuple(id, row), { selector: ([one]) => one, maxLength: 7 });
    const change = fc.record({ order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6]), other: rows, damage: fc.nat() });
    const fileOf = (entries: readonly (readonly [id: string, row: unknown])[]): string => {
      const text = entries.map(([one, value]) => `    ${JSON.stringify(one)}: ${indented(value)}`).join(",\n");
      const head = `{\n  "session_name": "s",\n  "assignments": {\n${text}\n  },\n`;
      return `${head}  "updated_at": "2026-01-01T00:00:00Z",\n  "version": 1\n}`;
    };
    let reused = 0;
    fc.assert(
      fc.property(rows, change, (before, { order, other, damage }) => {
        const previous = decodeLedger(Buffer.from(fileOf(before)), "s").snapshot;
        const kept = order.flatMap((index) => before.slice(index, index + 1));
        const added = other.filter(([one]) => !kept.some(([two]) => two === one));
        const bytes = Buffer.from(fileOf([...kept, ...added]));
        // One of two files is damaged somewhere, too.
        if (damage % 2 === 0) bytes[damage % bytes.length] = 0x20;
        const [found, expected] = [decodeLedger(bytes, "s", previous), decodeLedger(bytes, "s")];
        assert.deepEqual(found.fault, expected.fault);
        assert.deepEqual(found.snapshot && content(found.snapshot), expected.snapshot && content(expected.snapshot));
        assert.deepEqual([...(found.snapshot?.rows.keys() ?? [])], [...(expected.snapshot?.rows.keys() ?? [])]);
        for (const [one, entry] of found.snapshot?.rows ?? []) {
          const { source, row: read } = entry;
          if (source === undefined) continue;
          assert.equal(source.bytes, bytes);
          const known = previous?.rows.get(one);
          const text = bytes.toString("utf8", source.start, source.end);
          if (known?.source?.bytes.toString("utf8", known.source.start, known.source.end) !== text) continue;
          assert.equal(read, known.row);
          reused++;
        }
      }),
      { numRuns: 5000 },
    );
    assert.ok(reused > 2000, `${reused} rows were the same objects`);
  });

  it("that are deep or huge don't hang or overflow", () => {
    const inRow = (value: string): string =>
      `{"session_name": "s", "assignments": {"b": {"x": ${value}}}, "version": 1}`;
    const nested = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    assert.equal(answer(Buffer.from(nested)).fault?.message, "exceeded max depth");
    assert.equal(answer(Buffer.from(inRow(nested))).fault?.message, "exceeded max depth");
    assert.equal(answer(Buffer.from("[".repeat(10_000_000))).fault?.code, "malformed");
    assert.equal(answer(Buffer.from('{"a":'.repeat(1_000_000))).fault?.code, "malformed");
    const long = "x".repeat(30_000_000);
    assert.equal(snapshotOf(Buffer.from(inRow(`"${long}"`))).rows.size, 1);
    assert.equal(answer(Buffer.from(`"${long}`)).fault?.code, "malformed");
    assert.equal(answer(Buffer.from(`-${"1".repeat(5_000_000)}`)).fault?.code, "invalid-field");
  });
});
