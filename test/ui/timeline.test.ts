// The timeline's page in a browser: every size, theme and amount, hostile texts, the keyboard and the table.
import * as assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import type { TimelineData } from "../../src/timeline/messages";
import { eventually } from "../support/eventually";
import { hostileTexts, swarmTimeline } from "../support/timelineSwarm";
import { launchBrowser } from "../support/vscode/browser";
import { TimelinePage, type TimelinePageOptions } from "./timeline/page";

const now = Date.UTC(2026, 10, 24, 15, 30);
const day = swarmTimeline({ panes: 40, beads: 1_000, hours: 24, now });
const small = swarmTimeline({ panes: 4, beads: 24, hours: 6, now });
const week = swarmTimeline({ panes: 12, beads: 900, hours: 7 * 24, now });
const empty: TimelineData = { ...small, lanes: [], bars: [], statistics: { completionTimes: [] } };
const single: TimelineData = { ...empty, lanes: small.lanes.slice(0, 1), bars: small.bars.slice(5, 6) };

describe("the timeline's page", () => {
  let browser: Browser;
  let opened: TimelinePage | undefined;

  before(async () => {
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state === "failed") await opened?.screenshot(`failed-${this.currentTest.title}`);
    const errors = opened?.errors ?? [];
    await opened?.close();
    opened = undefined;
    assert.deepEqual(errors, []);
  });

  async function open(options: TimelinePageOptions): Promise<TimelinePage> {
    opened = await TimelinePage.open(browser, options);
    return opened;
  }

  for (const theme of ["light", "dark", "high-contrast", "high-contrast-light"] as const) {
    it(`shows a day of forty panes and a thousand beads, ${theme}`, async () => {
      const timeline = await open({ data: day, theme });
      assert.ok((await timeline.marks()) > 100);
      await timeline.screenshot(`day-${theme}`);
    });
  }

  for (const [name, data] of Object.entries({ empty, single, week, small })) {
    it(`shows what there is of it: ${name}`, async () => {
      const timeline = await open({ data });
      await timeline.screenshot(name);
      if (data === empty) assert.match(await timeline.page.innerText("main"), /Nothing has happened/);
      else assert.ok((await timeline.marks()) > 0);
    });
  }

  for (const width of [300, 600, 3_000]) {
    it(`fits a window ${width} pixels wide`, async () => {
      const timeline = await open({ data: day, width, theme: "light" });
      await timeline.screenshot(`width-${width}`);
      assert.equal(await timeline.page.evaluate(() => document.documentElement.scrollWidth), width);
    });
  }

  for (const [name, hours] of Object.entries({ "1": 2_400, "50": 48, "5000": 0.5 })) {
    it(`zooms to ${name} %`, async () => {
      const state = { session: "atlas", range: rangeUpToNow(hours), scrollTop: 0, isTable: false };
      const current = swarmTimeline({ panes: 40, beads: 1_000, hours: 24, now: Date.now() });
      const timeline = await open({ data: current, state });
      await timeline.screenshot(`zoom-${name}`);
    });
  }

  it("draws hostile texts as texts, wherever they are", async () => {
    const data = swarmTimeline({ panes: 8, beads: 60, hours: 6, now, texts: hostileTexts });
    const timeline = await open({ data });
    await timeline.page.mouse.move(700, 400);
    await timeline.press("ArrowDown", "Shift+ArrowRight");
    await timeline.screenshot("hostile");
    await timeline.button("Save as SVG").click();
    await timeline.button("Show as Table").click();
    await timeline.painted();
    await timeline.screenshot("hostile-table");
    assert.equal(await timeline.page.evaluate(() => "hacked" in globalThis), false);
    assert.equal(await timeline.page.locator("#timeline img, #timeline script").count(), 0);
    const saved = (await timeline.posted()).find((message) => message.type === "saveSvg");
    assert.ok(saved?.type === "saveSvg");
    const elements = await timeline.page.evaluate((svg) => {
      const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
      return [...new Set([...parsed.querySelectorAll("*")].map(({ nodeName }) => nodeName))];
    }, saved.svg);
    const allowed = ["svg", "title", "rect", "text", "polyline", "polygon", "circle", "clipPath", "g"];
    assert.deepEqual(elements.filter((name) => !allowed.includes(name)), []); // prettier-ignore
  });

  it("shows a tooltip under the pointer, reveals on a click, and shows the history on a double click", async () => {
    const timeline = await open({ data: single, theme: "light" });
    const box = await timeline.page.locator(".plot").boundingBox();
    assert.ok(box !== null);
    const [x, y] = [box.x + box.width / 2, box.y + 16];
    await timeline.page.mouse.move(x, y);
    await timeline.tooltip.waitFor();
    assert.match(await timeline.tooltip.innerText(), /bd-0-5[^]*Working/);
    await timeline.screenshot("hover");
    await timeline.page.mouse.click(x, y);
    await eventually(async () => {
      assert.deepEqual((await timeline.posted()).slice(1), [{ type: "reveal", beadId: "bd-0-5" }]);
    });
    await timeline.page.mouse.dblclick(x, y);
    await eventually(async () => {
      assert.deepEqual((await timeline.posted()).slice(2), [{ type: "showHistory", beadId: "bd-0-5" }]);
    });
  });

  it("does it all from the keyboard, and says what is chosen", async () => {
    const timeline = await open({ data: day });
    const before = await timeline.marks();
    await timeline.press("+", "+", "+");
    assert.notEqual(await timeline.marks(), before);
    await timeline.press("ArrowLeft", "-", "ArrowRight", "Home");
    assert.equal(await timeline.marks(), before);
    await timeline.press("ArrowDown", "ArrowDown", "Shift+ArrowLeft", "Shift+ArrowLeft");
    await timeline.screenshot("keyboard");
    assert.match(await timeline.page.getByRole("status").innerText(), /bd-1-\d+.*Pane 2/);
    await timeline.press("Enter", "Shift+Enter");
    const posted = (await timeline.posted()).slice(1);
    assert.deepEqual(posted.map(({ type }) => type), ["reveal", "showHistory"]); // prettier-ignore
    await timeline.press("Escape");
    assert.equal(await timeline.tooltip.count(), 0);
  });

  it("has a table of the same content", async () => {
    const timeline = await open({ data: day, theme: "light" });
    await timeline.button("Show as Table").click();
    await timeline.painted();
    await timeline.screenshot("table");
    assert.equal(await timeline.page.getByRole("table").getAttribute("aria-rowcount"), "1001");
    const rows = timeline.page.locator("tbody tr:not(.gap)");
    assert.ok((await rows.count()) < 200);
    const history = timeline.page.getByRole("button", { name: /^Show History/ }).first();
    await history.click();
    assert.equal((await timeline.posted()).at(-1)?.type, "showHistory");
    await timeline.page.locator(".table").evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await eventually(async () => {
      assert.equal(await rows.last().getAttribute("aria-rowindex"), "1001");
    });
  });

  it("zooms with the wheel and pans by dragging", async () => {
    const timeline = await open({ data: small });
    const { page } = timeline;
    const range = async (): Promise<{ from: number; to: number } | undefined> =>
      ((await timeline.state()) as { range?: { from: number; to: number } } | undefined)?.range;
    await page.mouse.move(700, 320);
    await page.mouse.wheel(0, -200);
    const zoomed = await eventually(async () => {
      const found = await range();
      assert.ok(found !== undefined);
      return found;
    });
    assert.ok(zoomed.to - zoomed.from < 6 * 3.6e6);
    await page.mouse.down();
    await page.mouse.move(800, 320, { steps: 4 });
    await page.mouse.up();
    await eventually(async () => {
      const panned = await range();
      assert.ok(panned !== undefined && panned.from < zoomed.from - 60_000);
      assert.ok(Math.abs(panned.to - panned.from - (zoomed.to - zoomed.from)) < 5);
    });
  });

  it("comes back as it was left", async () => {
    const state = { session: "atlas", range: rangeUpToNow(3), scrollTop: 200, isTable: false };
    const current = swarmTimeline({ panes: 40, beads: 1_000, hours: 24, now: Date.now() });
    const timeline = await open({ data: current, state });
    assert.equal(await timeline.page.locator(".scroller").evaluate(({ scrollTop }) => scrollTop), 200);
    await timeline.press("ArrowLeft");
    await eventually(async () => {
      const kept = (await timeline.state()) as typeof state;
      assert.ok(kept.range.from < state.range.from);
    });
  });

  it("reveals the requested bead", async () => {
    const timeline = await open({ data: day });
    await timeline.send({ type: "select", beadId: "bd-39-3" });
    await timeline.tooltip.waitFor();
    assert.match(await timeline.tooltip.innerText(), /bd-39-3/);
    await timeline.screenshot("select");
  });

  it("shows a change as soon as it comes, and stays where it is", async () => {
    const timeline = await open({ data: small });
    await timeline.press("+");
    const before = await eventually(async () => {
      const state = (await timeline.state()) as { range?: unknown } | undefined;
      assert.ok(state?.range !== undefined);
      return state;
    });
    const [first, ...others] = small.bars;
    await timeline.send({ type: "update", data: { ...small, bars: [{ ...first!, title: "Renamed" }, ...others] } });
    await timeline.button("Show as Table").click();
    await timeline.page.getByText("Renamed").waitFor();
    await timeline.button("Show as Chart").click();
    await eventually(async () => {
      assert.deepEqual(await timeline.state(), before);
    });
  });

  it("ignores what isn't a message", async () => {
    const timeline = await open({ data: small });
    const before = await timeline.marks();
    await timeline.send({ type: "update", data: { ...small, bars: "none" } } as never);
    await timeline.painted();
    assert.equal(await timeline.marks(), before);
  });
});

function rangeUpToNow(hours: number): { from: number; to: number } {
  return { from: Date.now() - hours * 3.6e6, to: Date.now() };
}
