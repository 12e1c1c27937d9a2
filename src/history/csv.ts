// The history as CSV, of which no cell is read as a formula.
import type { HistoryEvent } from "./historyEvent";

const columns = [
  ["time", (event) => event.at],
  ["is_latest_possible_time", (event) => (event.isObserved === true ? "true" : "false")],
  ["event", (event) => event.kind],
  ["bead", (event) => event.beadId],
  ["assignment", (event) => event.generation],
  ["pane", (event) => event.pane],
  ["pane_index", (event) => String(event.paneIndex)],
  ["agent_type", (event) => event.agentType],
  ["agent_name", (event) => event.agentName ?? ""],
  ["retries", (event) => String(event.retryCount ?? 0)],
  ["reason", (event) => event.reason ?? ""],
] as const satisfies readonly (readonly [string, (event: HistoryEvent) => string])[];

export function eventsAsCsv(events: readonly HistoryEvent[]): string {
  const rows = events.map((event) => columns.map(([, valueOf]) => valueOf(event)));
  return [columns.map(([name]) => name), ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

/** A spreadsheet reads what begins like this as a formula; an apostrophe before it makes it a text. */
function field(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
