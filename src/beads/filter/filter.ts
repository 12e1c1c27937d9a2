// Which rows the user chose to see.
import type { Assignment } from "../../assignment";
import { rowError } from "../../session/rowFacts";

export interface Filter {
  /** Words that must all occur in the row's text, ignoring case. */
  readonly text: string;
  /** The statuses to show; empty: all. */
  readonly statuses: readonly string[];
  /** Whether only rows that need attention are shown. */
  readonly needsAttention?: boolean;
}

export const noFilter: Filter = { text: "", statuses: [] };

export function isFiltering(filter: Filter): boolean {
  return filter.text.trim() !== "" || filter.statuses.length > 0 || filter.needsAttention === true;
}

/** @param needsAttention whether a row does */
export function rowTest(filter: Filter, needsAttention: (row: Assignment) => boolean): (row: Assignment) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const statuses = new Set(filter.statuses);
  return (row) => {
    if (statuses.size > 0 && !statuses.has(row.status)) return false;
    if (filter.needsAttention === true && !needsAttention(row)) return false;
    if (words.length === 0) return true;
    const text = [row.bead_id, row.bead_title, row.agent_type, row.agent_name, row.occupancy_key, rowError(row)]
      .join("\n")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
