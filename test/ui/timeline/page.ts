// The timeline's page as an editor would show it, in a browser alone: its real files, its real policy, and a stand-in for
// the editor's side of the messages.
import * as fs from "node:fs";
import * as path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { timelineHtml } from "../../../src/timeline/html";
import type { MessageToHost, MessageToWebview, TimelineData, TimelineState } from "../../../src/timeline/messages";
import { englishStrings } from "../../../src/timeline/strings";
import { projectRoot } from "../../support/project";
import { webviewThemes, type WebviewTheme } from "./themes";
import { picturesVariable } from "../workbench/workbench";

const origin = "http://timeline.invalid";
const screenshots = path.join(projectRoot, "test/ui/screenshots/timeline");

interface StandIn {
  readonly posted: MessageToHost[];
  state: unknown;
}

type StandInWindow = typeof globalThis & { editor: StandIn; acquireVsCodeApi: () => unknown };

export interface TimelinePageOptions {
  readonly data?: TimelineData;
  readonly theme?: WebviewTheme;
  readonly width?: number;
  readonly height?: number;
  readonly state?: TimelineState;
  readonly reducedMotion?: boolean;
}

export class TimelinePage {
  /** What went wrong in the page, policy violations among it. */
  readonly errors: string[] = [];

  private constructor(readonly page: Page) {
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
    page.on("pageerror", ({ message }) => this.errors.push(message));
  }

  static async open(browser: Browser, options: TimelinePageOptions = {}): Promise<TimelinePage> {
    const { data, theme = "dark", width = 1200, height = 760, state, reducedMotion = true } = options;
    const context = await browser.newContext({
      viewport: { width, height },
      reducedMotion: reducedMotion ? "reduce" : "no-preference",
    });
    const page = await context.newPage();
    const timeline = new TimelinePage(page);
    await timeline.serve();
    await page.addInitScript((kept) => {
      const standIn: StandIn = { posted: [], state: kept };
      Object.assign(globalThis, {
        editor: standIn,
        acquireVsCodeApi: () => ({
          postMessage: (message: MessageToHost) => standIn.posted.push(message),
          getState: () => standIn.state,
          setState: (value: unknown) => {
            standIn.state = value;
          },
        }),
      });
    }, state);
    await page.goto(`${origin}/`);
    await timeline.wear(theme);
    if (data !== undefined) await timeline.show(data);
    return timeline;
  }

  async wear(theme: WebviewTheme): Promise<void> {
    await this.page.evaluate(({ bodyClass, colors }) => {
      document.documentElement.removeAttribute("style");
      for (const [name, value] of Object.entries(colors)) {
        document.documentElement.style.setProperty(`--vscode-${name}`, value);
      }
      document.body.className = bodyClass;
    }, webviewThemes[theme]);
  }

  async show(data: TimelineData): Promise<void> {
    await this.send({ type: "show", data, strings: englishStrings, language: "en" });
    await this.painted();
  }

  async send(message: MessageToWebview): Promise<void> {
    await this.page.evaluate((sent) => {
      window.dispatchEvent(new MessageEvent("message", { data: sent }));
    }, message);
  }

  /** After the frame in which what has come until now was painted. */
  async painted(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => { resolve(); }))); // prettier-ignore
        }),
    );
  }

  async posted(): Promise<readonly MessageToHost[]> {
    return this.page.evaluate(() => (globalThis as StandInWindow).editor.posted);
  }

  async state(): Promise<unknown> {
    return this.page.evaluate(() => (globalThis as StandInWindow).editor.state);
  }

  get chart(): Locator {
    return this.page.locator(".chart");
  }

  get tooltip(): Locator {
    return this.page.locator(".tooltip");
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name });
  }

  /** How many marks are painted. */
  async marks(): Promise<number> {
    return Number(await this.page.locator(".plot canvas").getAttribute("data-marks"));
  }

  async press(...keys: readonly string[]): Promise<void> {
    await this.chart.focus();
    for (const key of keys) await this.page.keyboard.press(key);
    await this.painted();
  }

  /** A scene for people to look at, kept by `npm run screenshots`; a failure is always kept. */
  async screenshot(name: string): Promise<void> {
    if (process.env[picturesVariable] === undefined && !name.startsWith("failed-")) return;
    fs.mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({ path: path.join(screenshots, `${name}.png`), caret: "hide" });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  private async serve(): Promise<void> {
    const nonce = "test";
    const parts = { cspSource: origin, nonce, script: "/timeline.js", style: "/timeline.css", language: "en" };
    await this.page.route(`${origin}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === "/") await route.fulfill({ contentType: "text/html", body: timelineHtml(parts) });
      else if (pathname === "/favicon.ico") await route.fulfill({ status: 204 });
      else await route.fulfill({ path: path.join(projectRoot, "dist", path.basename(pathname)) });
    });
  }
}
