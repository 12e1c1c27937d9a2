// The one vocabulary that the manifest and the code share: commands, views, settings and context keys, each with its type.
// A test compares it with package.json; an entry that nobody registers, or that isn't here, doesn't compile.
import type { BeadsNode, Grouping } from "./beads/nodes";
import type { SessionsNode } from "./sessions/nodes";

/** The prefix of everything that this extension contributes. */
export const prefix = "ntmAssignments";

/** The view container in the activity bar. Its id may have no dots. */
export const containerId = "ntmAssignments";

export const viewIds = {
  beads: `${prefix}.beads`,
  sessions: `${prefix}.sessions`,
} as const;

/** What a command is called with: by a menu of a tree, by a click, or by nobody in particular. */
export interface CommandArguments {
  /** The node under the pointer and, when it is a part of it, the whole selection; both absent from palette and keyboard. */
  readonly rows: [node?: BeadsNode, selection?: readonly BeadsNode[]];
  readonly session: [node?: SessionsNode];
  readonly none: [];
}

/** Every command, without the prefix, and what it is called with. */
export const commands = {
  markWorking: "rows",
  markCompleted: "rows",
  markFailed: "rows",
  retry: "rows",
  reassign: "rows",
  remove: "rows",
  copyBeadId: "rows",
  copyPrompt: "rows",
  showPrompt: "rows",
  copyNtmCommand: "rows",
  runNtmCommand: "rows",
  /** On a pane it is that pane to which a bead is assigned. */
  assign: "rows",

  clear: "none",
  goToBead: "none",
  nextProblem: "none",
  refresh: "none",
  showLog: "none",
  diagnoseLedger: "none",
  repairLedger: "none",

  switchSession: "none",
  activateSession: "session",
  pinSession: "session",
  unpinSession: "session",
  openLedger: "session",
  openSessionTerminal: "session",

  groupByPane: "none",
  groupByStatus: "none",
  groupByAgent: "none",
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

/** What a person can set, by its name without the prefix. */
export interface Settings {
  /** Where the session folders are; empty: ntm's own place. */
  readonly storageFolder: string;
  /** Which changes made by other processes raise a message. */
  readonly notifications: "off" | "failed" | "all";
  /** After how many minutes a row counts as stuck; 0: never. */
  readonly "stuckAfter.assigned": number;
  readonly "stuckAfter.working": number;
  readonly "stuckAfter.claiming": number;
  readonly "stuckAfter.claimed": number;
}

/** What holds when nobody set anything, or set what makes no sense. The manifest says the same. */
export const settingDefaults: Settings = {
  storageFolder: "",
  notifications: "failed",
  "stuckAfter.assigned": 15,
  "stuckAfter.working": 120,
  "stuckAfter.claiming": 5,
  "stuckAfter.claimed": 10,
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
  /** The active session is pinned to this workspace. */
  readonly isPinned: boolean;
  /** Locking isn't possible here: nothing can be changed. */
  readonly isReadOnly: boolean;
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
  isReadOnly: `${prefix}.isReadOnly`,
};
