// The state that a window restores when it is opened again. The workbench writes it into the browser's database with a
// delay; a reload before that loses it.
import type { Page } from "playwright-core";
import { eventually } from "../../support/eventually";

/** Waits until some value in the workbench's databases has `text` in it. */
export async function untilKept(page: Page, text: string): Promise<void> {
  await eventually(async () => {
    const values = await page.evaluate(keptValues);
    if (!values.some((value) => value.includes(text))) throw new Error(`Nothing that was kept has ${text} in it.`);
  });
}

/** Runs in the page. */
async function keptValues(): Promise<string[]> {
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(new Error(String(request.error)));
      };
    });
  const values: string[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (name?.startsWith("vscode-web-state-db-") !== true) continue;
    const database = await settled(indexedDB.open(name));
    for (const store of Array.from(database.objectStoreNames)) {
      const all: unknown[] = await settled(database.transaction(store).objectStore(store).getAll());
      values.push(...all.map(String));
    }
    database.close();
  }
  return values;
}
