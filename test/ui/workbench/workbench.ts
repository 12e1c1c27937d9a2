// The workbench as a user sees and uses it. Everything is found by role, label or the few class names that have stayed the
// same between the releases, and waited for.
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { eventually } from "../../support/eventually";
import { logEntries, telling } from "../../support/vscode/log";
import { projectRoot } from "../../support/project";
import { stepMs } from "../../support/timeLimits";
import type { VSCodeServer } from "../../support/vscode/server";
import { Dialog } from "./dialog";
import { Notifications } from "./notifications";
import { QuickInput } from "./quickInput";
import { StatusBarItem } from "./statusBar";
import { themes, type Theme } from "./themes";
import { TreeView } from "./treeView";

export interface WorkbenchOptions {
  readonly browser: Browser;
  readonly server: VSCodeServer;
  readonly folder: string;
  /** A `.code-workspace` file that is opened instead of the folder. */
  readonly workspace?: string | undefined;
  readonly theme: Theme;
  readonly language?: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Set while pictures of the tests' scenes are taken. */
export const picturesVariable = "NTM_ASSIGNMENTS_TEST_PICTURES";
const windowSize = { width: 1280, height: 800 };
const screenshots = path.join(projectRoot, "test/ui/screenshots");

export class Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly dialog: Dialog;
  readonly #context: BrowserContext;
  readonly #server: VSCodeServer;
  readonly #folder: string;
  #settings: Readonly<Record<string, unknown>>;
  #theme: Theme;
  readonly #console: string[] = [];

  private constructor(context: BrowserContext, page: Page, options: WorkbenchOptions) {
    this.page = page;
    this.#context = context;
    this.#server = options.server;
    this.#folder = options.folder;
    this.#settings = options.settings;
    this.#theme = options.theme;
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
    this.dialog = new Dialog(page);
    page.on("console", (message) => this.#console.push(message.text()));
  }

  /** Opens a window of its own, without the state of another one. */
  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const context = await options.browser.newContext({ viewport: windowSize });
    context.setDefaultTimeout(stepMs);
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: options.server.origin });
    const workbench = new Workbench(context, await context.newPage(), options);
    await workbench.#writeSettings();
    // Where the workbench looks for the language that its server would have found a language pack for.
    await context.addInitScript((language) => {
      (globalThis as { _VSCODE_NLS_LANGUAGE?: string })._VSCODE_NLS_LANGUAGE = language;
    }, options.language ?? "en");
    await workbench.page.goto(
      options.server.url({
        folder: options.folder,
        ...(options.workspace !== undefined && { workspace: options.workspace }),
      }),
    );
    await workbench.#showsTheme();
    return workbench;
  }

  /** Loads the same window again, as *Developer: Reload Window* does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.#showsTheme();
  }

  /** In pixels. */
  async sideBarWidth(): Promise<number> {
    return (await this.page.locator(".part.sidebar").boundingBox())?.width ?? 0;
  }

  /** Gives the window another size, in pixels. */
  async resize(size: { readonly width: number; readonly height: number }): Promise<void> {
    await this.page.setViewportSize(size);
  }

  /** Closes the window as a user does: it then tells its extension host to end, which else waits for it for hours. */
  async close(): Promise<void> {
    await this.page.goto("about:blank");
    await this.#context.close();
  }

  /** The button in the activity bar that shows the view container `name`; its label includes the badge's text. */
  activity(name: string): Locator {
    return this.page.locator(`.activitybar .action-item:has(> .action-label[aria-label^=${quoted(name)}])`);
  }

  /** Shows the view container, unless it is already shown. */
  async showContainer(name: string): Promise<void> {
    const button = this.activity(name);
    await button.waitFor();
    const title = this.page.locator(`.sidebar .title-label[title=${quoted(name)}], .sidebar .composite.title`);
    // A window that is opened again shows by itself what it showed; a click at that moment would close it.
    await eventually(async () => {
      if ((await button.getAttribute("aria-selected")) !== "true") await button.click();
      await title.first().waitFor({ timeout: 2_000 });
    });
    await this.restPointer();
  }

  /** Moves the pointer away from every control, and waits until no hover is shown. */
  async restPointer(): Promise<void> {
    const hover = this.page.locator(".workbench-hover").filter({ visible: true });
    // A busy window may show the hover only after the pointer has left, and then until the pointer moves again.
    await eventually(async () => {
      await this.page.mouse.move(windowSize.width / 2, windowSize.height / 2, { steps: 4 });
      await this.page.mouse.move(windowSize.width / 2, windowSize.height - 60, { steps: 4 });
      await hover.waitFor({ state: "detached", timeout: 2_000 });
    }).catch(async () => {
      // A hover that was shown for the keyboard's focus stays until the focus goes elsewhere.
      await this.page.locator(".editor-group-container, .editor-container").first().click();
      await hover.waitFor({ state: "detached" });
    });
  }

  /** What the badge on a view container says, or undefined without one. */
  async badge(name: string): Promise<string | undefined> {
    const badge = this.activity(name).locator(".badge-content");
    return (await badge.isVisible()) ? ((await badge.textContent()) ?? undefined) : undefined;
  }

  tree(viewName: string): TreeView {
    return new TreeView(this.page, viewName);
  }

  statusBarItem(id: string): StatusBarItem {
    return new StatusBarItem(this.page, id);
  }

  /** The name of the output channel that the panel shows. */
  async outputChannel(): Promise<string> {
    const choice = this.page.locator(".part.panel select.monaco-select-box").first();
    return choice.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.text ?? "");
  }

  /** Runs a command by its full title in the palette, category included: `NTM Assignments: Refresh`. */
  async run(title: string): Promise<void> {
    await this.page.keyboard.press("F1");
    await this.quickInput.waitUntilOpen();
    // What is typed before the palette has listed its commands finds none, however long one waits.
    await eventually(async () => {
      await this.quickInput.type(">");
      await this.quickInput.type(`>${title}`);
      await this.quickInput.pick(title, 1_000);
    });
  }

  async setTheme(theme: Theme): Promise<void> {
    this.#theme = theme;
    // The workbench has been seen to miss a change of the file; it doesn't miss two.
    await eventually(async () => {
      await this.#writeSettings();
      await this.#showsTheme(2_000);
    });
  }

  /** Replaces the settings of the opened folder. */
  async setSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    this.#settings = settings;
    await this.#writeSettings();
  }

  /** A scene for people to look at: `npm run screenshots` keeps it in test/ui/screenshots/THEME, in each theme. */
  async screenshot(name: string): Promise<void> {
    if (process.env[picturesVariable] === undefined) return;
    const before = this.#theme;
    for (const theme of Object.keys(themes) as Theme[]) {
      await this.setTheme(theme);
      await this.#picture(path.join(theme, `${name}.png`));
    }
    await this.setTheme(before);
  }

  /** Saves a screenshot and all logs of a failed test. @returns the screenshot's path, relative to the project */
  async recordFailure(title: string): Promise<string> {
    const file = path.join(this.#server.release.name, "failed", title.replace(/[^\w-]+/g, "-").slice(0, 120));
    await this.#picture(`${file}.png`);
    const log = telling([...logEntries(this.#server.log), "--- page console ---", ...this.#console]).join("\n");
    await fs.writeFile(path.join(screenshots, `${file}.log`), log);
    return `${path.join("test/ui/screenshots", file)}.{png,log}`;
  }

  async #picture(file: string): Promise<void> {
    await this.page.screenshot({ path: path.join(screenshots, file), animations: "disabled", caret: "hide" });
  }

  async #showsTheme(timeout = stepMs): Promise<void> {
    await this.page.locator(`.monaco-workbench.${themes[this.#theme].bodyClass}`).waitFor({ timeout });
  }

  async #writeSettings(): Promise<void> {
    const settings = { "workbench.colorTheme": themes[this.#theme].setting, ...this.#settings };
    await fs.mkdir(path.join(this.#folder, ".vscode"), { recursive: true });
    await fs.writeFile(path.join(this.#folder, ".vscode/settings.json"), JSON.stringify(settings));
  }
}

/** As a string in a CSS attribute selector. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
