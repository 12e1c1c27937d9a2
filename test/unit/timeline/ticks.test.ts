import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { axisOf, timeFormats, timeScale } from "../../../src/timeline/webview/ticks";
import { following, kept, panned, wholeRange, zoomed } from "../../../src/timeline/webview/timeRange";

const measure = (label: string): number => label.length * 7;
const day = 86_400_000;
const begin = Date.UTC(2026, 10, 24, 9);

describe("timeline axis", () => {
  it("has labels that never touch, at any width and zoom, in any language", () => {
    const anySpan = fc.double({ min: Math.log(10_000), max: Math.log(700 * day), noNaN: true }).map(Math.exp);
    fc.assert(
      fc.property(
        anySpan,
        fc.integer({ min: 60, max: 3_000 }),
        fc.constantFrom("en", "de", "ja", "ru"),
        (span, width, language) => {
          const scale = timeScale({ from: begin, to: begin + span }, width);
          const { ticks, days } = axisOf(scale, timeFormats(language), measure);
          for (const [index, tick] of ticks.entries()) {
            assert.ok(tick.x - tick.width / 2 >= 0 && tick.x + tick.width / 2 <= width);
            const next = ticks[index + 1];
            if (next !== undefined) assert.ok(tick.x + tick.width / 2 < next.x - next.width / 2);
          }
          for (const [index, { x, label }] of days.entries()) {
            assert.ok(x >= 0 && x + measure(label) <= width);
            const next = days[index + 1];
            if (next !== undefined) assert.ok(x + measure(label) < next.x);
          }
        },
      ),
    );
  });

  it("names the day at the left edge", () => {
    const axis = axisOf(timeScale({ from: begin, to: begin + day / 4 }, 800), timeFormats("en"), measure);
    assert.match(axis.days[0]!.label, /24 Nov 2026/);
    assert.ok(axis.ticks.length > 4);
  });

  it("writes names of months as the language has them, and English where there is none such", () => {
    assert.match(timeFormats("de").full(new Date(2026, 9, 1)), /Okt/);
    assert.match(timeFormats("not a language").full(new Date(2026, 9, 1)), /Oct/);
  });
});

describe("timeline range", () => {
  const whole = { from: 0, to: day };

  it("keeps the time under the pointer in place when it is zoomed", () => {
    const { from, to } = zoomed(whole, 4, day / 4, whole);
    assert.equal(to - from, day / 4);
    assert.equal((day / 4 - from) / (to - from), 1 / 4);
  });

  it("zooms no closer than ten seconds and no wider than a hundred times all there is", () => {
    const close = zoomed(whole, 1e9, 5_000, whole);
    assert.equal(Math.round(close.to - close.from), 10_000);
    const wide = zoomed(whole, 1e-9, 5_000, whole);
    assert.equal(wide.to - wide.from, 100 * day);
  });

  it("stays where something can be seen", () => {
    const far = kept(panned(whole, 50 * day), whole);
    assert.ok(far.from < whole.to && far.to > whole.from);
  });

  it("follows the present time only while it is visible", () => {
    assert.deepEqual(following(whole, day, day + 5), { from: 5, to: day + 5 });
    assert.deepEqual(following(whole, 2 * day, 2 * day + 5), whole);
  });

  it("covers all there is up to now, and an hour where there is nothing", () => {
    const all = wholeRange([{ start: 5_000, end: undefined }], day);
    assert.ok(all.from < 5_000 && all.to > day);
    const none = wholeRange([], day);
    assert.ok(none.to > day && none.from < day - 3_600_000);
  });
});
