// A program for the bench: prints, as one line of JSON, how quick the timeline's page is in a browser.
import { launchBrowser } from "../../support/vscode/browser";
import { measureTimeline } from "./measure";

async function main(): Promise<void> {
  const browser = await launchBrowser();
  try {
    console.log(JSON.stringify(await measureTimeline(browser)));
  } finally {
    await browser.close();
  }
}

void main();
