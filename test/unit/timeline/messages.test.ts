import * as assert from "node:assert/strict";
import { timelineHtml } from "../../../src/timeline/html";
import {
  longestText,
  readMessageToHost,
  readMessageToWebview,
  readState,
  type TimelineBar,
} from "../../../src/timeline/messages";
import { englishStrings, fill } from "../../../src/timeline/strings";
import { displayText } from "../../../src/timeline/webview/tooltipLines";
import { actionOf } from "../../../src/timeline/webview/keyboard";
import { escapeXml, SvgSurface } from "../../../src/timeline/webview/svgSurface";
import { hostileTexts, swarmTimeline } from "../../support/timelineSwarm";

const data = swarmTimeline({ panes: 2, beads: 6, hours: 2, now: 1_000_000_000, texts: hostileTexts });

describe("timeline messages", () => {
  it("pass as they are when they are what they should be", () => {
    const show = { type: "show", data, strings: englishStrings, language: "en" };
    assert.deepEqual(readMessageToWebview(show), show);
    assert.deepEqual(readMessageToWebview({ type: "update", data }), { type: "update", data });
    assert.deepEqual(readMessageToHost({ type: "reveal", beadId: "bd-1" }), { type: "reveal", beadId: "bd-1" });
  });

  it("are refused when anything in them is something else", () => {
    const [bar] = data.bars;
    const wrong: readonly Partial<Record<keyof TimelineBar, unknown>>[] = [
      { outcome: "vanished" },
      { stages: [] },
      { stages: [{ stage: "working", start: Number.NaN }] },
      { stages: [{ stage: "working", start: 9e15 }] },
      { stages: [{ stage: "resting", start: 1 }] },
      { retries: -1 },
      { retries: 0.5 },
      { title: "x".repeat(longestText + 1) },
      { beadId: undefined },
    ];
    for (const change of wrong) {
      const message = { type: "update", data: { ...data, bars: [{ ...bar, ...change }] } };
      assert.equal(readMessageToWebview(message), undefined, JSON.stringify(change).slice(0, 80));
    }
    for (const message of [undefined, null, "ready", {}, { type: "constructor" }, { type: "reveal" }, { type: 1 }]) {
      assert.equal(readMessageToHost(message), undefined);
      assert.equal(readMessageToWebview(message), undefined);
    }
  });

  it("take back a state only when it makes sense", () => {
    const state = { session: "atlas", range: { from: 1, to: 2 }, scrollTop: 0, isTable: false };
    assert.deepEqual(readState(state), state);
    assert.equal(readState({ ...state, range: { from: 2, to: 1 } }), undefined);
    assert.equal(readState(undefined), undefined);
  });
});

describe("timeline texts", () => {
  it("put values into their places once", () => {
    assert.equal(fill("{0} of {1}", "{1}", 2), "{1} of 2");
    assert.equal(fill("{0} {5}", "a"), "a {5}");
  });

  it("are one line of what can be seen", () => {
    for (const text of hostileTexts) {
      const shown = displayText(text, 60);
      assert.ok(shown.length <= 60);
      assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }
  });

  it("stay texts in an SVG document", () => {
    assert.equal(escapeXml(`<a b="c">&'\u0000\uD800`), "&lt;a b=&quot;c&quot;&gt;&amp;&apos;\uFFFD\uFFFD");
    const surface = new SvgSurface(`"><script>`, () => 1);
    for (const text of hostileTexts) surface.text(text, 1, 2, { color: `"><script>`, size: 12 });
    const svg = surface.document(10, Number.NaN, hostileTexts[1]!);
    assert.deepEqual([...new Set(svg.match(/<\/?[a-z]+/gi))].sort(), ["</svg", "</text", "</title", "<svg", "<text", "<title"]); // prettier-ignore
  });
});

describe("timeline page", () => {
  const parts = { cspSource: "https://x", nonce: "abc", script: `a"b.js`, style: "c.css", language: "en" };

  it("allows its two files and nothing else", () => {
    const html = timelineHtml(parts);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    assert.equal(
      policy,
      "default-src 'none'; script-src 'nonce-abc'; style-src https://x 'nonce-abc'; base-uri 'none'; form-action 'none'",
    );
    assert.deepEqual(html.match(/<script[^>]*>/g), [`<script nonce="abc" src="a&quot;b.js">`]);
    assert.doesNotMatch(html, /unsafe|<style|\son\w+=/);
  });
});

describe("timeline keys", () => {
  const press = (key: string, shiftKey = false, ctrlKey = false): ReturnType<typeof actionOf> =>
    actionOf({ key, shiftKey, ctrlKey, altKey: false, metaKey: false });

  it("zoom, move, choose and open", () => {
    assert.deepEqual(["+", "=", "-", "ArrowLeft", "ArrowRight", "Home"].map((key) => press(key)), ["zoomIn", "zoomIn", "zoomOut", "earlier", "later", "showAll"]); // prettier-ignore
    assert.deepEqual(["ArrowUp", "ArrowDown", "Enter"].map((key) => press(key)), ["previousLane", "nextLane", "reveal"]); // prettier-ignore
    assert.deepEqual(["ArrowLeft", "ArrowRight", "Enter"].map((key) => press(key, true)), ["previousBar", "nextBar", "showHistory"]); // prettier-ignore
  });

  it("leave to the editor what is its own", () => {
    assert.equal(press("+", false, true), undefined);
    assert.equal(press("p"), undefined);
  });
});
