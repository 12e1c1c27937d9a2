import * as assert from "node:assert/strict";
import fc from "fast-check";
import { comparePanes, inOrder, type Assignment } from "../../../src/assignment";
import { compareTimestamps } from "../../../src/ledger/timestamp";

describe("The order of rows", () => {
  const panes = ["%2", "%10", "%9223372036854775808", "%18446744073709551615", "%18446744073709551616", "", undefined];
  const times = ["2026-02-14T01:08:18Z", "2026-02-14T01:08:18.5Z", "2026-02-14T02:08:18+02:00"];
  const row = fc.record({
    id: fc.constantFrom(...["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]),
    pane: fc.integer({ min: -12, max: 12 }),
    occupancy_key: fc.constantFrom(...panes),
    assigned_at: fc.constantFrom(...times),
  });
  const some = fc.uniqueArray(row, { selector: ({ id }) => id });

  function rowsOf(
    facts: readonly (typeof row extends fc.Arbitrary<infer Facts> ? Facts : never)[],
  ): readonly Assignment[] {
    return facts.map(({ id, ...fields }) => ({ ...fields, bead_id: id }) as unknown as Assignment);
  }

  it("is that of ntm's panes, times and ids, compared one by one", () => {
    fc.assert(
      fc.property(some, (facts) => {
        const rows = rowsOf(facts);
        const compared = [...rows].sort(
          (a, b) =>
            comparePanes(a, b) || compareTimestamps(a.assigned_at, b.assigned_at) || (a.bead_id < b.bead_id ? -1 : 1),
        );
        assert.deepEqual(inOrder(rows), compared);
      }),
    );
  });

  it("is by pane, then by time, then by id", () => {
    const rows = rowsOf([
      { id: "d", pane: 0, occupancy_key: "%10", assigned_at: "2026-02-14T01:08:18Z" },
      { id: "c", pane: 9, occupancy_key: "%2", assigned_at: "2026-02-14T01:08:18.5Z" },
      { id: "b", pane: 9, occupancy_key: "%2", assigned_at: "2026-02-14T01:08:18.5Z" },
      { id: "e", pane: 9, occupancy_key: "%2", assigned_at: "2026-02-14T02:08:18+02:00" },
      { id: "a", pane: 3, occupancy_key: "%18446744073709551616", assigned_at: "2026-02-14T01:08:18Z" },
    ]);
    const ids = inOrder(rows).map(({ bead_id }) => bead_id);
    assert.deepEqual(ids, ["a", "e", "b", "c", "d"]);
  });
});
