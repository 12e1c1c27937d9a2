import * as assert from "node:assert/strict";
import fc from "fast-check";
import { inOrder, noOrder } from "../../../src/assignment/order";
import type { Assignment } from "../../../src/assignment";
import type { RowEntry } from "../../../src/ledger/snapshot";

type Rows = ReadonlyMap<string, RowEntry>;

describe("The order of rows", () => {
  const panes = ["%2", "%10", "%9223372036854775808", "%18446744073709551615", "%18446744073709551616", "", undefined];
  const times = ["2026-02-14T01:08:18Z", "2026-02-14T01:08:18.5Z", "2026-02-14T02:08:18+02:00"];
  const row = fc.record({
    id: fc.constantFrom(...["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]),
    pane: fc.nat({ max: 2 }),
    occupancy_key: fc.constantFrom(...panes),
    assigned_at: fc.constantFrom(...times),
  });
  const some = fc.uniqueArray(row, { selector: ({ id }) => id });

  function rowsOf(facts: readonly (typeof row extends fc.Arbitrary<infer Facts> ? Facts : never)[]): Rows {
    return new Map(facts.map(({ id, ...fields }) => [id, entry({ ...fields, bead_id: id })]));
  }
  function entry(fields: object): RowEntry {
    return { row: fields as unknown as Assignment, raw: undefined, source: undefined };
  }

  it("is the same whether it is worked out anew or from the order before", () => {
    fc.assert(
      fc.property(some, some, fc.func(fc.boolean()), (first, second, stays) => {
        const before = rowsOf(first);
        // Some rows are there still as the same objects, some others have their id now, and some are gone.
        const after = new Map([...rowsOf(second), ...[...before].filter(([id]) => stays(id))]);
        assert.deepEqual(inOrder(after, inOrder(before, noOrder)), inOrder(after, noOrder));
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
    const ids = inOrder(rows, noOrder).list.map(({ bead_id }) => bead_id);
    assert.deepEqual(ids, ["a", "e", "b", "c", "d"]);
  });

  it("takes hardly a look at rows that didn't change", () => {
    let looks = 0;
    const watched = (id: string): RowEntry => {
      const { row, ...rest } = entry({ bead_id: id, pane: 0, occupancy_key: "%1", assigned_at: times[0] });
      const get = (target: Assignment, name: string): unknown => (looks++, target[name as keyof Assignment]);
      return { row: new Proxy(row, { get }), ...rest };
    };
    const ids = Array.from({ length: 500 }, (_, number) => `b${String(number).padStart(3, "0")}`);
    const rows = new Map(ids.map((id) => [id, watched(id)]));
    const before = inOrder(rows, noOrder);
    looks = 0;
    const after = new Map([...rows, ["b250", watched("b250")]]);
    assert.deepEqual(
      inOrder(after, before).list.map(({ bead_id }) => bead_id),
      ids,
    );
    assert.ok(looks < 2.5 * ids.length, `${looks} looks at ${ids.length} rows`);
  });
});
