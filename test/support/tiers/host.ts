// The host tier on one VS Code release: a server, and a page that keeps its extension host alive until `run()` has ended.
import * as fs from "node:fs";
import * as path from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser } from "../vscode/browser";
import { logEntries, telling } from "../vscode/log";
import { projectRoot } from "../project";
import { releaseVariable, type Release } from "../vscode/releases";
import { readResult, reportEnvironment, type SuiteResult } from "./suite";
import { TempFolder } from "../tempFolder";
import { VSCodeServer } from "../vscode/server";

/** A guard against hanging for ever; the whole tier takes a fraction of it. */
const timeoutMs = 5 * 60_000;
/** How many entries of the logs are shown when something went wrong. */
const logTail = 40;

export async function runHostTier(release: Release): Promise<SuiteResult> {
  const report = new TempFolder("report");
  const home = new TempFolder("home");
  const folder = path.join(home.path, "project");
  fs.mkdirSync(folder);
  const printed = new PrintedFile(path.join(report.path, "report.txt"));
  const server = await VSCodeServer.start({
    release,
    home: home.path,
    env: { ...reportEnvironment(report.path), [releaseVariable]: release.name },
    runsHostTests: true,
    extensions: [path.join(projectRoot, "test/support/consumer")],
  });
  const browser = await launchBrowser();
  const consoleLog: string[] = [];
  try {
    const page = await browser.newPage();
    page.on("console", (message) => consoleLog.push(message.text()));
    const over = hostEnd(server, page);
    await page.goto(
      server.url({
        folder,
        hostTests: {
          extensionDevelopmentPath: projectRoot,
          extensionTestsPath: path.join(projectRoot, "out/test/host/index.js"),
        },
      }),
    );
    const how = await over;
    printed.finish();
    const result = readResult(report.path);
    if (result !== undefined && (result.failed > 0 || how === "code 0")) return result;
    console.log(`The extension host of VS Code ${release.vscode} ended (${how}) and left no good result.`);
    console.log(
      telling([...logEntries(server.log), ...consoleLog])
        .slice(-logTail)
        .join("\n"),
    );
    return { passed: result?.passed ?? 0, failed: (result?.failed ?? 0) + 1 };
  } finally {
    printed.finish();
    await browser.close();
    await server.stop();
    home.remove();
    report.remove();
  }
}

/** How the extension host ended, be it by itself or with its server or page. */
async function hostEnd(server: VSCodeServer, page: Page): Promise<string> {
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
