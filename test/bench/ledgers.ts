// Ledgers of any size: some 500 bytes a row, half of it the prompt, forty panes, one of them with many rows, and every status.
import * as fs from "node:fs";
import * as path from "node:path";

const statuses = ["working", "completed", "completed", "assigned", "completed", "failed"] as const;

/** The bytes of a schema 9 ledger as ntm would write them. */
export function ledgerOf(sessionName: string, rows: number): Buffer {
  const assignments: Record<string, unknown> = {};
  const inFirstPane = Math.min(1000, Math.floor(rows / 4));
  for (let number = 0; number < rows; number++) {
    const id = beadId(number);
    const status = statuses[number % statuses.length];
    const pane = number < inFirstPane ? 0 : 1 + (number % 39);
    const time = (second: number): string =>
      new Date(Date.UTC(2026, 1, 14) + number * 1000 + second * 1000).toISOString();
    assignments[id] = {
      bead_id: id,
      bead_title: `Keep the parser from giving up on case ${number}`,
      pane,
      agent_type: ["claude", "codex", "gemini"][number % 3],
      agent_name: ["BlueLake", "RedStone", "GreenCastle"][number % 3],
      status,
      assigned_at: time(0).replace("000Z", `${String(number % 1000).padStart(3, "0")}343737Z`),
      ...(status !== "assigned" && { started_at: time(60).replace(".000Z", ".706343734Z") }),
      ...(status === "completed" && { completed_at: time(600).replace(".000Z", ".5Z") }),
      ...(status === "failed" && { failed_at: time(600).replace(".000Z", ".5Z"), fail_reason: "tests still fail" }),
      prompt_sent: `Work on ${id}: read the issue, write a test that fails, make it pass, and report.\n`.repeat(2),
      dispatch_target: `%${pane}`,
      occupancy_key: `%${pane}`,
    };
  }
  const ledger = {
    session_name: sessionName,
    assignments,
    persistence_generation: 7,
    updated_at: "2026-02-14T01:08:18.706343734Z",
    version: 9,
  };
  return Buffer.from(JSON.stringify(ledger, null, 2));
}

export function beadId(number: number): string {
  return `bd-${String(number).padStart(6, "0")}`;
}

/** The number of the first row with this status. */
export function firstWith(status: (typeof statuses)[number]): number {
  return statuses.indexOf(status);
}

/** Puts both copies of a ledger into a storage folder. */
export function putLedger(storage: string, sessionName: string, bytes: Uint8Array): void {
  const folder = path.join(storage, sessionName);
  fs.mkdirSync(folder, { recursive: true });
  for (const name of ["assignments.json", "assignments.json.bak"]) fs.writeFileSync(path.join(folder, name), bytes);
}
