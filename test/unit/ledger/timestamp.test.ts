// Times as Go's strict RFC 3339 takes them (`docs/ledger.md`), and their order.
import * as assert from "node:assert/strict";
import { compareTimestamps, epochNanoseconds, isTimestamp, isUtc, now } from "../../../src/ledger/timestamp";

describe("Timestamps", () => {
  const accepted = [
    "2026-02-14T01:08:18Z",
    "2026-02-14T01:08:18.706343734Z",
    "2026-02-14T01:08:18.000Z",
    "2026-02-14T01:08:18.1234567891Z",
    "2026-02-14T01:08:18,5Z",
    "2026-02-14T5:00:00Z",
    "2026-02-14T01:08:18+00:00",
    "2026-02-14T01:08:18-00:00",
    "2026-02-14T01:08:18+24:00",
    "2024-02-29T00:00:00Z",
    "0001-01-01T00:00:00Z",
  ];
  const refused = [
    "",
    "yesterday",
    "2026-02-14t01:08:18Z",
    "2026-02-14T01:08:18z",
    "2026-02-14 01:08:18Z",
    "2026-02-14T01:08:18",
    "2026-02-14T01:08:18+0100",
    "2026-02-14T24:00:00Z",
    "2026-02-14T01:60:00Z",
    "2026-02-14T01:08:60Z",
    "2026-02-30T01:08:18Z",
    "2025-02-29T01:08:18Z",
    "2026-13-01T01:08:18Z",
    "2026-00-01T01:08:18Z",
    "12026-02-14T01:08:18Z",
    "2026-02-14T01:08:18.Z",
  ];
  for (const text of accepted)
    it(`${text} is a time`, () => {
      assert.ok(isTimestamp(text));
    });
  for (const text of refused)
    it(`${JSON.stringify(text)} is none`, () => {
      assert.ok(!isTimestamp(text));
    });

  it("order is that of the instants, to the nanosecond", () => {
    const ordered = [
      "0001-01-01T00:00:00Z",
      "2026-02-14T01:08:18Z",
      "2026-02-14T01:08:18.000000001Z",
      "2026-02-14T01:08:18.1Z",
      "2026-02-14T02:08:18.10000001+01:00",
      "2026-02-14T01:08:18.15Z",
      "2026-02-14T00:08:19-01:00",
      "2026-02-14T02:00:00Z",
    ];
    for (const [index, earlier] of ordered.entries()) {
      for (const later of ordered.slice(index + 1)) {
        assert.ok(compareTimestamps(earlier, later) < 0, `${earlier} < ${later}`);
        assert.ok(compareTimestamps(later, earlier) > 0, `${later} > ${earlier}`);
      }
    }
    assert.equal(compareTimestamps("2026-02-14T01:08:18Z", "2026-02-14T02:08:18+01:00"), 0);
  });

  it("UTC is an offset of zero, however written", () => {
    assert.ok(["2026-02-14T01:08:18Z", "2026-02-14T01:08:18+00:00", "2026-02-14T01:08:18-00:00"].every(isUtc));
    assert.ok(!isUtc("2026-02-14T01:08:18+01:00"));
  });

  it("the present has nanoseconds, and never comes twice", () => {
    const times = Array.from({ length: 1000 }, now);
    assert.equal(new Set(times).size, times.length);
    assert.ok(times.every(isTimestamp));
    assert.deepEqual([...times].sort(compareTimestamps), times);
    const skew = Number((epochNanoseconds(now()) ?? 0n) / 1_000_000n) - Date.now();
    assert.ok(Math.abs(skew) < 60_000);
  });
});
