// The format that `tmux list-panes` is asked for, and the parser of what it prints. Titles and options may hold anything,
// newlines included, so neither lines nor tabs mean something here: a random marker of each request separates the fields.
import { isPaneId } from "../assignment";
import { reasonOption, stateOption, turnOption } from "./agentState";

/** A pane as tmux lists it. A pane of a window that several sessions share is listed once for each of them. */
export interface TmuxPane {
  readonly sessionName: string;
  /** Milliseconds since 1970, in whole seconds. */
  readonly sessionCreated: number;
  /** `@N`. */
  readonly windowId: string;
  readonly window: number;
  /** `%N`, never used twice by one server. */
  readonly paneId: string;
  /** The index within the window, which ledgers call `pane`. */
  readonly index: number;
  /** The process that tmux started in the pane. */
  readonly pid: number | undefined;
  readonly serverPid: number | undefined;
  /** Whether that process has ended and the pane stays open. */
  readonly isDead: boolean;
  /** The program in the foreground. */
  readonly command: string;
  readonly title: string;
  /** Empty where an option isn't set, and in tmux before 3.0, which has no pane options. */
  readonly options: PaneOptions;
}

/** The options of a pane by which agents say what they do, and ntm what runs there. */
export type PaneOptions = Readonly<Record<OptionName, string>>;

const optionNames = [
  stateOption,
  reasonOption,
  turnOption,
  "@ntm_agent_type",
  "@ntm_agent_mail_name",
  "@ntm_service",
  "@acfs_service",
  "@pane_status",
  "@pane_attention",
  "@pane_wait_reason",
  "@pane_started_at",
] as const;

type OptionName = (typeof optionNames)[number];

/** How many columns of a text are taken. Every tmux since 1.8 cuts so. */
const longestText = 500;

const numbers = [
  "session_created",
  "window_id",
  "window_index",
  "pane_id",
  "pane_index",
  "pane_pid",
  "pid",
  "pane_dead",
] as const;
const texts = ["session_name", "pane_current_command", ...optionNames, "pane_title"] as const;
const fields = [...numbers, ...texts];

type Fields = Readonly<Record<(typeof fields)[number], string>>;

/** @param marker letters and digits that can't be guessed */
export function paneFormat(marker: string): string {
  const values = [...numbers.map((name) => `#{${name}}`), ...texts.map((name) => `#{=${longestText}:${name}}`)];
  // A semicolon at the end would end the command.
  return [...values.map((value, at) => `${marker}${at === 0 ? ":" : ","}${value}`), `${marker}.`].join("");
}

/**
 * `undefined`: not all of it is what tmux prints for the format, or there is no pane in it, which no server is without. Nothing can
 * be concluded from what is missing then.
 */
export function parsePanes(output: string, marker: string): readonly TmuxPane[] | undefined {
  const [before, ...parts] = output.split(marker);
  const length = fields.length + 1;
  if (before !== "" || parts.length % length !== 0) return undefined;
  const panes: TmuxPane[] = [];
  for (let start = 0; start < parts.length; start += length) {
    const pane = paneOf(parts.slice(start, start + length));
    if (pane === undefined) return undefined;
    panes.push(pane);
  }
  return panes.length === 0 ? undefined : panes;
}

function paneOf(parts: readonly string[]): TmuxPane | undefined {
  const values: Partial<Record<keyof Fields, string>> = {};
  for (const [at, name] of fields.entries()) {
    const part = parts[at] ?? "";
    if (!part.startsWith(at === 0 ? ":" : ",")) return undefined;
    values[name] = part.slice(1);
  }
  const read = values as Fields;
  const created = wholeNumber(read.session_created);
  const window = wholeNumber(read.window_index);
  const index = wholeNumber(read.pane_index);
  if (parts.at(-1)?.trimEnd() !== "." || created === undefined || window === undefined || index === undefined) {
    return undefined;
  }
  if (!isPaneId(read.pane_id) || !/^@\d+$/.test(read.window_id) || !/^[01]?$/.test(read.pane_dead)) return undefined;
  return {
    sessionName: read.session_name,
    sessionCreated: created * 1000,
    windowId: read.window_id,
    window,
    paneId: read.pane_id,
    index,
    pid: processId(read.pane_pid),
    serverPid: processId(read.pid),
    isDead: read.pane_dead === "1",
    command: read.pane_current_command,
    title: read.pane_title,
    options: Object.fromEntries(optionNames.map((name) => [name, read[name]])) as PaneOptions,
  };
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Ids 0 and 1 belong to no agent's process. */
function processId(text: string): number | undefined {
  const pid = wholeNumber(text);
  return pid !== undefined && pid > 1 ? pid : undefined;
}

const pattern = /^([\w-]+?)_\d+(?:_[A-Za-z0-9._/@:+-]+)?(?:\[[^\]]*\])?$/;

/**
 * The type as ntm writes it, such as `cc`, `cod` or `user`.
 * @returns `undefined` when the title isn't ntm's, because an agent or the user has changed it
 */
export function agentTypeOfTitle(title: string, sessionName: string): string | undefined {
  const prefix = `${sessionName}__`;
  return title.startsWith(prefix) ? pattern.exec(title.slice(prefix.length))?.[1] : undefined;
}

/** Whether a type is that of the panes which ntm leaves to the user. */
export function isUserType(agentType: string): boolean {
  return agentType.trim().toLowerCase() === "user";
}
