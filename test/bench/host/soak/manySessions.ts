// Two hundred sessions in the storage folder.
import * as path from "node:path";
import { SessionSummaries } from "../../../../src/session/sessionSummary";
import { activated } from "../../../host/activated";
import { eventually } from "../../../support/eventually";
import { ledgerOf, putLedger } from "../../ledgers";
import { lineOf, type Line } from "../../line";
import { measure } from "../../measure";
import { watches } from "../resources";
import { home } from "../stage";
import type { Outcome } from "../task";

const sessions = 200;
const rows = 50;

export async function manySessions(): Promise<Outcome> {
  const storage = path.join(home.path, ".ntm/sessions");
  for (let number = 0; number < sessions; number++) place(storage, `swarm-${number}`);
  const watchesBefore = watches();
  const start = performance.now();
  const { session } = await activated();
  const entries = await eventually(() => {
    const found = session.list?.entries ?? [];
    if (found.length !== sessions) throw new Error(`${found.length} sessions are listed`);
    return found;
  });
  const firstList = performance.now() - start;
  const summaries = new SessionSummaries(storage);
  const firstRead = performance.now();
  await summaries.read(entries);
  const firstReading = performance.now() - firstRead;
  const measures = await measure({
    list: () => session.refreshList(),
    refresh: () => session.refresh(),
    read: () => summaries.read(entries),
  });
  const watchesAfter = watches();
  const placed = performance.now();
  place(storage, "newcomer");
  await new Promise<void>((resolve) => {
    const subscription = session.onDidChangeList(({ entries: now }) => {
      if (!now.some(({ sessionName }) => sessionName === "newcomer")) return;
      subscription.dispose();
      resolve();
    });
  });
  const newcomer = performance.now() - placed;
  const used = watchesBefore === undefined || watchesAfter === undefined ? undefined : watchesAfter - watchesBefore;
  const lines: Line[] = [
    { name: "activation to list", unit: "ms", value: firstList },
    lineOf("list again", measures.list),
    lineOf("refresh of list and ledger", measures.refresh),
    { name: "numbers of all sessions", unit: "ms", value: firstReading },
    lineOf("numbers again, nothing changed", measures.read),
    { name: "new session to list", unit: "ms", value: newcomer },
    { name: "watches used", unit: "count", value: used ?? NaN },
  ];
  return {
    lines,
    findings: [{ text: "watches don't grow with the sessions: at most 4", isKept: used === undefined || used <= 4 }],
  };
}

function place(storage: string, sessionName: string): void {
  putLedger(storage, sessionName, ledgerOf(sessionName, rows));
}
