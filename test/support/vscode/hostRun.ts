// Runs code inside an extension host: a server, and a page that keeps the host alive until the code has ended.
import * as fs from "node:fs";
import * as path from "node:path";
import type { Page } from "playwright-core";
import { projectRoot } from "../project";
import { launchBrowser } from "./browser";
import { logEntries, telling } from "./log";
import type { Release } from "./releases";
import { VSCodeServer } from "./server";

export interface HostRun {
  readonly release: Release;
  /** A compiled module, from the project's root; the host calls its `run()`. */
  readonly entry: string;
  /** The folder of the extension; by default the project. */
  readonly extension?: string;
  /** The home folder that the host sees; a folder `project` in it is the workspace. */
  readonly home: string;
  /** What the run appends to this file is shown on the terminal: the output of a host isn't. */
  readonly printed: string;
  /** A guard against hanging for ever. */
  readonly timeoutMs: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Folders of extensions that are there besides this one. */
  readonly extensions?: readonly string[];
}

export interface HostEnding {
  /** `code 0` when all went well. */
  readonly how: string;
  /** What server and page had to say, for when it didn't. */
  readonly log: string;
}

/** How many entries of the logs are kept. */
const logTail = 40;

export async function runInHost(run: HostRun): Promise<HostEnding> {
  const { release, home, env, extensions, timeoutMs } = run;
  const folder = path.join(home, "project");
  fs.mkdirSync(folder);
  const printed = new PrintedFile(run.printed);
  const server = await VSCodeServer.start({
    release,
    home,
    runsHostTests: true,
    ...(env && { env }),
    ...(extensions && { extensions }),
  });
  const browser = await launchBrowser();
  const consoleLog: string[] = [];
  try {
    const page = await browser.newPage();
    page.on("console", (message) => consoleLog.push(message.text()));
    const over = hostEnd(server, page, timeoutMs);
    const extensionDevelopmentPath = run.extension ?? projectRoot;
    const extensionTestsPath = path.join(projectRoot, run.entry);
    await page.goto(server.url({ folder, hostTests: { extensionDevelopmentPath, extensionTestsPath } }));
    const how = await over;
    const entries = telling([...logEntries(server.log), ...consoleLog]);
    return { how, log: entries.slice(-logTail).join("\n") };
  } finally {
    printed.finish();
    await browser.close();
    await server.stop();
  }
}

/** How the extension host ended, be it by itself or with its server or page. */
async function hostEnd(server: VSCodeServer, page: Page, timeoutMs: number): Promise<string> {
  const pageEnd = new Promise<string>((resolve) => {
    page.once("crash", () => {
      resolve("its page crashed");
    });
  });
  const end = server.waitForLog(/Extension Host Process exited with code: (\w+), signal: (\w+)/, timeoutMs).then(
    ([, code, signal]) => (code === "null" ? String(signal) : `code ${String(code)}`),
    (error: unknown) => String(error),
  );
  return Promise.race([end, pageEnd]);
}

/** A text file shown on the terminal as it grows. */
class PrintedFile {
  readonly #path: string;
  readonly #timer: NodeJS.Timeout;
  #offset = 0;

  constructor(path: string) {
    this.#path = path;
    this.#timer = setInterval(() => {
      this.#print();
    }, 100);
  }

  finish(): void {
    clearInterval(this.#timer);
    this.#print();
  }

  #print(): void {
    if (!fs.existsSync(this.#path)) return;
    const bytes = fs.readFileSync(this.#path).subarray(this.#offset);
    this.#offset += bytes.length;
    process.stdout.write(bytes);
  }
}
