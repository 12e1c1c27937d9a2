// What a report is made from, as its caller collected it, before anything is removed.
import type { Assignment, InspectedCopy, LedgerHealth } from "../assignment";

export interface LedgerFacts {
  readonly sessionName: string;
  readonly path: string;
  readonly schema: number;
  readonly generation: number;
  readonly updatedAt: string;
  readonly health: LedgerHealth;
  readonly copies: readonly InspectedCopy[];
  readonly rows: readonly Assignment[];
}

export interface ReportFacts {
  /** RFC 3339. */
  readonly createdAt: string;
  /** Of the extension, the editor, Node, the system, tmux, ntm and br, as far as they are known. */
  readonly versions: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly ledger: LedgerFacts | undefined;
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
