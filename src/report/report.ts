// Save Report: one Markdown document for a bug report. Unless it is asked for, it holds no text that an agent chose:
// no id, title, prompt, reason, name or path of a row. Rows are numbered instead, and described by the shape of their fields.
import type { InspectedCopy, Assignment, LedgerHealth } from "../assignment";
import { isEventTime, readEvent } from "../history/historyEvent";
import { redactor, Pseudonyms, rowShape } from "./redact";

/** Rows that are listed one by one. */
const mostRows = 200;
const mostLines = 500;

/** Words of our own log and of the ledger that a row may happen to hold as well. */
const ownWords = new Set(
  "assigned working completed failed reassigned claiming claimed retried replaced removed other dispatch-failed pending sending sent reserved reserving claude codex gemini user ntm tmux".split(
    " ",
  ),
);

export function markdownReport(facts: ReportInputs, options: ReportOptions): string {
  const { ledger } = facts;
  const redact = options.includesTexts ? (line: string): string => line : redactorOf(facts);
  const tilde = (text: string): string => tildify(text, facts.homeFolder);
  const sections = [
    `# NTM Assignments: report of ${facts.createdAt}`,
    options.includesTexts
      ? "It includes the ids, titles, prompts and reasons of the ledger."
      : "Ids, titles, prompts, reasons, names and paths of the ledger are left out.",
    section("Versions", table(["what", "version"], Object.entries(facts.versions))),
    section("Settings", fenced(JSON.stringify(facts.settings, undefined, 2), "json")),
    section("Ledger", ledger === undefined ? "No session is shown." : ledgerText(ledger, options)),
    section("Rows", ledger === undefined ? "None." : rowsText(ledger, options)),
    section("Log", fenced(facts.log.slice(-mostLines).map(redact).join("\n"), "text")),
    section("Journal", fenced(journalLines(facts, options).join("\n"), "text")),
  ];
  return `${tilde(sections.join("\n\n"))}\n`;
}

/** Rows that are gone by now are in the journal alone. */
function redactorOf({ ledger, journal }: ReportInputs): (line: string) => string {
  return redactor(ledger?.rows ?? [], ownWords, [ledger?.sessionName, ...journal.map(parsed)]);
}

function ledgerText(ledger: LedgerSummary, { includesTexts }: ReportOptions): string {
  const { health } = ledger;
  const facts: [string, string][] = [
    ["session", includesTexts ? ledger.sessionName : "left out"],
    ["path", includesTexts ? ledger.path : "left out"],
    ["schema", String(ledger.schema)],
    ["generation", String(ledger.generation)],
    ["updated at", ledger.updatedAt],
    ["rows", String(ledger.rows.length)],
    ["health", health.kind],
  ];
  if (health.kind !== "ok") {
    // The message quotes the ledger.
    facts.push(["problem", `${health.problem.code} (${health.problem.copy})`], ["remedy", health.problem.remedy]);
    if (includesTexts) facts.push(["message", health.problem.message]);
    if (health.kind === "degraded") facts.push(["read from", health.readFrom]);
  }
  const copies = table(["file", "state", "size", "modified", "SHA-256"], ledger.copies.map(copyCells));
  return [table(["what", "value"], facts), copies].join("\n\n");
}

function copyCells({ name, state, size, modifiedAt, sha256 }: InspectedCopy): string[] {
  return [name, state, size === undefined ? "" : String(size), modifiedAt ?? "", sha256 ?? ""];
}

function rowsText({ rows }: LedgerSummary, { includesTexts }: ReportOptions): string {
  if (rows.length === 0) return "None.";
  if (includesTexts) return fenced(JSON.stringify(rows.slice(0, mostRows), undefined, 2), "json");
  const beads = new Pseudonyms("bead");
  const shown = rows.slice(0, mostRows).map((row) => `${beads.of(row.bead_id)}\n  ${rowShape(row).join("\n  ")}`);
  const omitted = rows.length - shown.length;
  return fenced([...shown, ...(omitted > 0 ? [`${omitted} more`] : [])].join("\n"), "text");
}

function journalLines({ journal }: ReportInputs, { includesTexts }: ReportOptions): readonly string[] {
  const lines = journal.slice(-mostLines);
  if (includesTexts) return lines;
  const beads = new Pseudonyms("bead");
  return lines.map((line) => eventLine(parsed(line), beads) ?? `unreadable line of ${line.length} characters`);
}

/** What the journal notes beside its events. */
const journalTimes = new Set(["forgottenBefore", "recordedSave"]);

/** The fields of an event without an agent's text. */
function eventLine(value: unknown, beads: Pseudonyms): string | undefined {
  const event = readEvent(value);
  if (event !== undefined) {
    const { kind, at, beadId, paneIndex, retryCount = 0, isObserved = false } = event;
    const bead = `${beads.of(beadId)}: ${kind} at ${at}${isObserved ? " at the latest" : ""}, pane index ${paneIndex}`;
    return retryCount === 0 ? bead : `${bead}, retries: ${retryCount}`;
  }
  const times = Object.entries(value ?? {}).flatMap(([name, time]) =>
    journalTimes.has(name) && isEventTime(time) ? [`${name}: ${time}`] : [],
  );
  return times.length === 0 ? undefined : times.join(", ");
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // A torn line, which the report counts.
  }
}

function section(title: string, content: string): string {
  return `## ${title}\n\n${content}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function cell(text: string): string {
  return text.replace(/[\r\n]+/g, " ").replace(/[\\|<>`[\]*_]/g, "\\$&");
}

/** A fence longer than any within, so that no text ends it. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Replaces the home folder by `~`, also within JSON. */
function tildify(text: string, homeFolder: string): string {
  if (homeFolder.length < 2) return text;
  const forms = [homeFolder, JSON.stringify(homeFolder).slice(1, -1)];
  return forms.reduce((result, form) => result.replaceAll(form, "~"), text);
}

export interface LedgerSummary {
  readonly sessionName: string;
  readonly path: string;
  readonly schema: number;
  readonly generation: number;
  readonly updatedAt: string;
  readonly health: LedgerHealth;
  readonly copies: readonly InspectedCopy[];
  readonly rows: readonly Assignment[];
}

export interface ReportInputs {
  /** RFC 3339. */
  readonly createdAt: string;
  /** Of the extension, the editor, Node, the system, tmux, ntm and br, as far as they are known. */
  readonly versions: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly ledger: LedgerSummary | undefined;
  /** The last lines of the log. */
  readonly log: readonly string[];
  /** The last lines of the session's journal, as JSON. */
  readonly journal: readonly string[];
  /** The user's home folder. */
  readonly homeFolder: string;
}

export interface ReportOptions {
  /** Includes ids, titles, prompts, reasons, names and paths as they are. */
  readonly includesTexts: boolean;
}
