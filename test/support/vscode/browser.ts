// A Chrome or Chromium to drive the workbench with: the machine's own, else the one inside @sparticuz/chromium, which brings
// along the few libraries and the font that a bare Debian lacks (NSS, NSPR, expat, Open Sans).
import { execFile } from "node:child_process";
import * as fs from "node:fs/promises";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { chromium, type Browser } from "playwright-core";
import { fetchOnce } from "./cache";
import { projectRoot } from "../project";

interface BrowserProgram {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The fewest that work as root without a display: the page must behave as in a user's browser. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const installed: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"],
  darwin: ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
  win32: ["C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe"],
};

export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await browserProgram();
  return chromium.launch({ executablePath, args: flags, env: { ...definedEnv(), ...env } });
}

/** `CHROME_PATH` names another browser than the one that would be found. */
async function browserProgram(): Promise<BrowserProgram> {
  const executablePath =
    process.env["CHROME_PATH"] ?? installed[process.platform]?.find((candidate) => existsSync(candidate));
  if (executablePath !== undefined) return { executablePath, env: {} };
  if (process.platform === "linux" && process.arch === "x64") return bundledBrowser();
  throw new Error("Found no Chrome or Chromium. Install one, or name its program in CHROME_PATH.");
}

async function bundledBrowser(): Promise<BrowserProgram> {
  const manifest = path.join(projectRoot, "node_modules/@sparticuz/chromium/package.json");
  const { version } = JSON.parse(await fs.readFile(manifest, "utf8")) as { version: string };
  const folder = await fetchOnce(`chromium-${version}`, unpackBundledBrowser);
  return {
    executablePath: path.join(folder, "chromium"),
    env: { LD_LIBRARY_PATH: path.join(folder, "al2023/lib"), FONTCONFIG_FILE: await fontConfiguration(folder) },
  };
}

/** The package unpacks into the temp folder of its process, and its libraries only when the environment is that of AWS Lambda. */
async function unpackBundledBrowser(folder: string): Promise<void> {
  const unpack = `import chromium from "@sparticuz/chromium"; await chromium.executablePath();`;
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", unpack], {
    cwd: projectRoot,
    env: {
      ...process.env,
      TMPDIR: folder,
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
      AWS_LAMBDA_JS_RUNTIME: "nodejs22.x",
    },
  });
}

/** The package's own one looks for the fonts in fixed places. */
async function fontConfiguration(folder: string): Promise<string> {
  const file = path.join(folder, "fonts.conf");
  const folders = ["/usr/share/fonts", "/usr/local/share/fonts", path.join(folder, "fonts")];
  await fs.writeFile(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((fonts) => `  <dir>${fonts}</dir>\n`).join("")}  <cachedir>${path.join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`,
  );
  return file;
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
