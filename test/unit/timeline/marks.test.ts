import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import type { TimelineBar } from "../../../src/timeline/messages";
import { barHeight, barTop, lanesBetween, layoutOf } from "../../../src/timeline/webview/layout";
import { marksOf, worstOutcome } from "../../../src/timeline/webview/marks";
import { markAt, pictureOf } from "../../../src/timeline/webview/picture";

const now = 1_000_000;

function bar(id: string, start: number, end?: number, lane = "%1"): TimelineBar {
  const stages = [{ stage: "working", start, end }] as const;
  return { id, beadId: id, title: "", lane, stages, outcome: end === undefined ? "open" : "completed", retries: 0 };
}

function lane(id: string): { id: string; label: string; agent: string } {
  return { id, label: id, agent: "" };
}

const anyBars = fc
  .array(
    fc.tuple(fc.integer({ min: 0, max: now }), fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined })),
    {
      maxLength: 60,
    },
  )
  .map((spans) =>
    spans.map(([start, length], index) => bar(`b${index}`, start, length === undefined ? undefined : start + length)),
  );

describe("timeline layout", () => {
  it("gives every bar of a known lane one place, and bars of one row no common time", () => {
    fc.assert(
      fc.property(anyBars, (bars) => {
        const { lanes } = layoutOf({ lanes: [lane("%1")], bars });
        const rows = lanes[0]!.rows;
        assert.deepEqual(new Set(rows.flat().map((placed) => placed.bar.id)), new Set(bars.map(({ id }) => id)));
        for (const row of rows) {
          for (const [index, { start }] of row.entries()) {
            const before = row[index - 1];
            if (before !== undefined) assert.ok((before.end ?? Infinity) <= start);
          }
        }
      }),
    );
  });

  it("finds the lanes between two heights", () => {
    const layout = layoutOf({
      lanes: [lane("%1"), lane("%2"), lane("%3")],
      bars: [bar("a", 1, 2, "%2"), bar("b", 1, 2, "%2")],
    });
    const [first, second] = layout.lanes;
    assert.ok(second!.height > first!.height);
    assert.deepEqual(lanesBetween(layout, 0, first!.height), { first: 0, end: 1 });
    assert.deepEqual(lanesBetween(layout, first!.height, layout.height), { first: 1, end: 3 });
    assert.deepEqual(lanesBetween(layout, layout.height, layout.height + 9), { first: 3, end: 3 });
  });

  it("leaves out a bar of a lane that isn't there", () => {
    assert.deepEqual(layoutOf({ lanes: [], bars: [bar("a", 1, 2)] }), { lanes: [], height: 0 });
  });
});

describe("timeline marks", () => {
  it("never overlap, at any zoom, and omit no visible bar", () => {
    const anyView = fc.record({
      from: fc.integer({ min: -now, max: now }),
      span: fc.integer({ min: 100, max: 100 * now }),
    });
    fc.assert(
      fc.property(anyBars, anyView, fc.integer({ min: 100, max: 3_000 }), (bars, { from, span }, width) => {
        const x = (time: number): number => ((time - from) / span) * width;
        for (const row of layoutOf({ lanes: [lane("%1")], bars }).lanes[0]!.rows) {
          const marks = marksOf(row, x, { now, width });
          for (const [index, { left, right }] of marks.entries()) {
            assert.ok(right > left);
            const next = marks[index + 1];
            if (next !== undefined)
              assert.ok(right + 1 <= next.left + 1e-6 * Math.abs(right), `${right} and ${next.left}`);
          }
          const inSight = row
            .filter(({ start, end }) => x(start) <= width && x(end ?? now) >= 0)
            .map((placed) => placed.bar.id);
          const drawn = new Set(marks.flatMap((mark) => mark.bars.map((placed) => placed.bar.id)));
          assert.deepEqual(inSight.filter((id) => !drawn.has(id)), []); // prettier-ignore
        }
      }),
    );
  });

  it("draws narrow neighbours as one block with the worst outcome", () => {
    const bars = [bar("a", 0, 10), { ...bar("b", 10, 20), outcome: "failed" as const }, bar("c", 20, 30)];
    const row = layoutOf({ lanes: [lane("%1")], bars }).lanes[0]!.rows[0]!;
    const marks = marksOf(row, (time) => time / 10, { now, width: 100 });
    assert.deepEqual(marks.map((mark) => mark.bars.length), [3]); // prettier-ignore
    assert.equal(worstOutcome(marks[0]!), "failed");
    const apart = marksOf(row, (time) => time * 2, { now, width: 100 });
    assert.deepEqual(apart.map((mark) => mark.bars.length), [1, 1, 1]); // prettier-ignore
  });

  it("finds what is under a point", () => {
    const layout = layoutOf({ lanes: [lane("%1"), lane("%2")], bars: [bar("a", 0, 40), bar("b", 50, 90, "%2")] });
    const picture = pictureOf({ layout, x: (time) => time, now, width: 100, height: 200, scrollTop: 10 });
    const y = (index: number): number => barTop(layout.lanes[index]!, 0) - 10 + barHeight / 2;
    assert.equal(markAt(picture, 20, y(0))?.bars[0]?.bar.id, "a");
    assert.equal(markAt(picture, 45, y(0)), undefined);
    assert.equal(markAt(picture, 60, y(1))?.bars[0]?.bar.id, "b");
    assert.equal(markAt(picture, 20, y(1)), undefined);
  });
});
