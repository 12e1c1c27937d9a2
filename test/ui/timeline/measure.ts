// How quick the timeline's page is, in a real browser.
import type { Browser } from "playwright-core";
import type { TimelineData } from "../../../src/timeline/messages";
import { englishStrings } from "../../../src/timeline/strings";
import { swarmTimeline } from "../../support/timelineSwarm";
import { TimelinePage } from "./page";

export interface TimelineMeasures {
  /** From the content of 1,000 bars to their picture, in milliseconds; a sample for each page opened. */
  readonly firstPicture: readonly number[];
  /** While 10,000 bars, up to all of them in sight, are panned and zoomed. */
  readonly frames: FrameTimes;
}

export async function measureTimeline(browser: Browser): Promise<TimelineMeasures> {
  const now = Date.now();
  const firstPicture: number[] = [];
  for (let sample = 0; sample < 5; sample++) {
    const timeline = await TimelinePage.open(browser);
    firstPicture.push(await firstPictureMs(timeline, swarmTimeline({ panes: 40, beads: 1_000, hours: 24, now })));
    await timeline.close();
  }
  const timeline = await TimelinePage.open(browser, {
    data: swarmTimeline({ panes: 40, beads: 10_000, hours: 24, now }),
    height: 1_400,
  });
  const frames = await panAndZoom(timeline, 240);
  await timeline.close();
  return { firstPicture, frames };
}

/** From the arrival of the content to the end of the frame in which it was painted, in milliseconds. */
async function firstPictureMs({ page }: TimelinePage, data: TimelineData): Promise<number> {
  const message = { type: "show", data, strings: englishStrings, language: "en" };
  return page.evaluate(async (sent) => {
    const began = performance.now();
    window.dispatchEvent(new MessageEvent("message", { data: sent }));
    const isPainted = (): boolean =>
      document.querySelector<HTMLElement>(".plot canvas")?.dataset["marks"] !== undefined;
    while (!isPainted()) await new Promise((resolve) => requestAnimationFrame(resolve));
    // A message is handled after the frame is on its way to the screen.
    await new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = resolve;
      requestAnimationFrame(() => {
        channel.port2.postMessage(undefined);
      });
    });
    return performance.now() - began;
  }, message);
}

interface FrameTimes {
  /** Between frames, in milliseconds. */
  readonly intervals: readonly number[];
  /** Between as many frames in which nothing happens, to hold the others against. */
  readonly idle: readonly number[];
  /** What the page itself took of each frame. */
  readonly work: readonly number[];
}

/** Pans and zooms for a number of frames, as a pointer would, and tells what each of them took. */
async function panAndZoom({ page }: TimelinePage, frames: number): Promise<FrameTimes> {
  return page.evaluate(async (count) => {
    const plot = document.querySelector<HTMLElement>(".plot");
    if (plot === null) throw new Error("There is no chart.");
    const box = plot.getBoundingClientRect();
    const [clientX, clientY] = [box.left + box.width * 0.7, box.top + box.height / 2];
    const common = { bubbles: true, cancelable: true, clientX, clientY };
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    const idle: number[] = [];
    const intervals: number[] = [];
    const work: number[] = [];
    let before = await frame();
    for (let index = 0; index < count; index++) {
      const now = await frame();
      idle.push(now - before);
      before = now;
    }
    for (let index = 0; index < count; index++) {
      const isZoom = index % 60 < 30;
      const deltaY = index % 120 < 60 ? -12 : 12;
      // Callbacks of one frame run in the order in which they were asked for: the chart's between these two.
      const start = frame().then(() => performance.now());
      const began = performance.now();
      plot.dispatchEvent(
        new WheelEvent("wheel", isZoom ? { ...common, deltaY, ctrlKey: true } : { ...common, deltaX: deltaY * 2 }),
      );
      const handled = performance.now() - began;
      const [started, [now, ended]] = await Promise.all([
        start,
        frame().then((time): [number, number] => [time, performance.now()]),
      ]);
      work.push(handled + ended - started);
      intervals.push(now - before);
      before = now;
    }
    return { intervals, idle, work };
  }, frames);
}
