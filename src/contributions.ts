// The ids that the manifest and the code share: commands, views, settings and context keys, each with its type.
// A test compares it with package.json; an entry without a handler, or one that isn't here, doesn't compile.
import * as vscode from "vscode";
import type { BeadsNode, Grouping, ReadyNode, SessionsNode } from "./nodes";

/** The prefix of everything that this extension contributes. */
export const prefix = "ntmAssignments";

/** The view container in the activity bar. Its id may have no dots. */
export const containerId = "ntmAssignments";

export const viewIds = {
  beads: `${prefix}.beads`,
  sessions: `${prefix}.sessions`,
  ready: `${prefix}.ready`,
} as const;

/**
 * The arguments of a command, by what it is about. VS Code passes the focused node to a command in a view's title as if it had been
 * clicked: commands there take no arguments.
 */
export interface CommandArguments {
  /** The node under the pointer and, when it is a part of it, the whole selection; both absent from palette and keyboard. */
  readonly rows: [node?: BeadsNode, selection?: readonly BeadsNode[]];
  /** As `rows`, but also from the list of ready beads, which are in no ledger. */
  readonly beads: [node?: BeadsNode | ReadyNode, selection?: readonly (BeadsNode | ReadyNode)[]];
  readonly session: [node?: SessionsNode];
  /** A file of the explorer or of an editor's tab; absent from the palette. */
  readonly file: [uri?: vscode.Uri];
  /** The focused node if a key was pressed, else nothing. */
  readonly focus: [node?: BeadsNode];
  readonly none: [];
}

/** Every command, without the prefix, and what it is called with. */
export const commands = {
  markWorking: "rows",
  markCompleted: "rows",
  markFailed: "rows",
  retry: "rows",
  reassign: "rows",
  /** On a failed or an assigned bead: both steps with one question and one save. */
  retryAndReassign: "rows",
  startAndReassign: "rows",
  release: "rows",
  resolveDispatch: "rows",
  remove: "rows",

  /** The buttons on a row: as the commands, but ignored while a change of this window isn't painted for half a second. */
  markWorkingInline: "rows",
  markCompletedInline: "rows",
  retryInline: "rows",

  closeBead: "rows",
  copyBeadId: "beads",
  copyPrompt: "rows",
  copyReason: "rows",
  showPrompt: "rows",
  showDetails: "rows",
  showHistory: "rows",
  openTimeline: "rows",
  copyNtmCommand: "rows",
  runNtmCommand: "rows",
  /** On a pane it is that pane to which a bead is assigned, on a ready bead that bead. */
  assign: "beads",

  /** In the view's title: the same for the session as the ones above and below for a node. */
  assignInSession: "none",
  openTimelineOfSession: "none",
  openShownLedger: "none",
  openShownSessionTerminal: "none",

  /** On a pane it is that pane, on a row the pane of the row. */
  peekPane: "rows",
  goToPane: "rows",
  dismissWaiting: "rows",

  snooze: "rows",
  endSnooze: "rows",

  undo: "none",
  /** On the node of a group's finished rows. */
  removeFinished: "rows",
  removeFinishedOfSession: "none",
  clear: "none",
  clearHistory: "none",
  showChanges: "none",
  dismissChanges: "none",
  retryAllFailed: "none",
  goToBead: "none",
  nextProblem: "focus",
  previousProblem: "focus",
  refresh: "none",
  showLog: "none",
  setUpAgentHooks: "none",
  diagnoseLedger: "none",
  repairLedger: "none",
  compareWithBackup: "none",
  saveReport: "none",
  copyMcpConfiguration: "none",
  revealReservation: "file",

  switchSession: "none",
  activateSession: "session",
  pinSession: "session",
  unpinSession: "session",
  openLedger: "session",
  openSessionTerminal: "session",

  collapseAll: "none",
  groupByPane: "none",
  groupByStatus: "none",
  groupByAgent: "none",
  groupByAttention: "none",
  filterText: "none",
  filterStatus: "none",
  clearFilter: "none",
} as const satisfies Record<string, keyof CommandArguments>;

export type CommandName = keyof typeof commands;

/** What carries out commands; a feature has handlers for its own, the extension for all. */
export type CommandHandlers<Names extends CommandName = CommandName> = {
  readonly [Name in Names]: (...args: CommandArguments[(typeof commands)[Name]]) => void | Promise<void>;
};

export function commandId<Name extends CommandName>(name: Name): `${typeof prefix}.${Name}` {
  return `${prefix}.${name}`;
}

/** The settings, by name without the prefix. */
export interface Settings {
  /** Where the session folders are; empty: ntm's own place. */
  readonly storageFolder: string;
  /** Which changes made by other processes raise a message. */
  readonly notifications: "off" | "failed" | "all";
  /** The path of the tracker's program; if empty, it is looked up in `PATH`. */
  readonly "programs.br": string;
  /** The path of the ntm program; empty: it is searched in PATH. */
  readonly "programs.ntm": string;
  /** After how many minutes a row counts as stuck; 0: never. */
  readonly "stuckAfter.assigned": number;
  /** `auto`: what experience says. */
  readonly "stuckAfter.working": number | "auto";
  readonly "stuckAfter.claiming": number;
  readonly "stuckAfter.claimed": number;
  /** Whether a drop on a pane asks first. */
  readonly confirmDragAndDrop: boolean;
  /** Whether files that beads have reserved are decorated. */
  readonly reservedFiles: boolean;
  /** Whether beads that fail in sessions that aren't shown are counted in the badge, and notified. */
  readonly otherSessions: boolean;
  /** Whether tmux is asked how the panes live. */
  readonly tmux: "auto" | "off";
  /** The path of tmux; empty: it is looked up in `PATH`. */
  readonly "programs.tmux": string;
}

/** The defaults, also used in place of invalid values. The manifest has the same. */
export const settingDefaults: Settings = {
  storageFolder: "",
  notifications: "failed",
  "programs.br": "",
  "programs.ntm": "",
  "stuckAfter.assigned": 15,
  "stuckAfter.working": "auto",
  "stuckAfter.claiming": 5,
  "stuckAfter.claimed": 10,
  reservedFiles: true,
  otherSessions: true,
  confirmDragAndDrop: true,
  tmux: "auto",
  "programs.tmux": "",
};

/** Why the beads view shows what it shows; each but `rows` has a welcome of its own. */
export const beadsStates = [
  "loading",
  "noStorage",
  "storageTrouble",
  "noSession",
  "noLedger",
  "noRows",
  "allFiltered",
  "unreadable",
  "newerSchema",
  "rows",
] as const;
export type BeadsState = (typeof beadsStates)[number];

/** Why the Ready view shows what it shows; each but `ready` has a welcome of its own. */
export const readyStates = [
  "asking",
  "no-session",
  "none-ready",
  "no-project",
  "no-beads-folder",
  "no-br",
  "timed-out",
  "would-import",
  "refused",
  "bad-output",
  "ready",
] as const;
type ReadyViewState = (typeof readyStates)[number];

/** What menus and welcomes may ask about, by its name without the prefix. */
export interface ContextKeys {
  readonly beadsState: BeadsState;
  readonly grouping: Grouping;
  readonly isFiltered: boolean;
  readonly hasProblems: boolean;
  /** The ledger isn't `ok`: it can be diagnosed. */
  readonly hasLedgerProblem: boolean;
  /** The problem is one that a repair can mend. */
  readonly canRepair: boolean;
  /** A session is pinned to this workspace, whether or not it is the one that is shown. */
  readonly isPinned: boolean;
  /** The Beads view says what happened while the user was away. */
  readonly hasChanges: boolean;
  /** What the user has done in this window, for the steps of the walkthrough. */
  readonly hasSwitchedSession: boolean;
  readonly hasChangedBeads: boolean;
  readonly hasCopiedMcpConfiguration: boolean;
  /** Locking isn't possible here: nothing can be changed. */
  readonly isReadOnly: boolean;
  /** The paths of the files that are decorated as reserved. */
  readonly reservedFiles: readonly string[];
  readonly readyState: ReadyViewState;
}

/** The context keys as values, so that the manifest can be held against them. */
export const contextKeys: { readonly [Key in keyof ContextKeys]: `${typeof prefix}.${Key}` } = {
  beadsState: `${prefix}.beadsState`,
  grouping: `${prefix}.grouping`,
  isFiltered: `${prefix}.isFiltered`,
  hasProblems: `${prefix}.hasProblems`,
  hasLedgerProblem: `${prefix}.hasLedgerProblem`,
  canRepair: `${prefix}.canRepair`,
  isPinned: `${prefix}.isPinned`,
  hasChanges: `${prefix}.hasChanges`,
  hasSwitchedSession: `${prefix}.hasSwitchedSession`,
  hasChangedBeads: `${prefix}.hasChangedBeads`,
  hasCopiedMcpConfiguration: `${prefix}.hasCopiedMcpConfiguration`,
  isReadOnly: `${prefix}.isReadOnly`,
  reservedFiles: `${prefix}.reservedFiles`,
  readyState: `${prefix}.readyState`,
};

const sent = new Map<string, unknown>();

/** Sets context keys for menus and welcome views; only changed values are sent to the editor. */
export function setContextKeys(values: Partial<ContextKeys>): void {
  for (const [name, value] of Object.entries(values)) {
    const key = contextKeys[name as keyof ContextKeys];
    if (sent.get(key) === value) continue;
    sent.set(key, value);
    void vscode.commands.executeCommand("setContext", key, value);
  }
}
