// Which rows a person wants to see.
import type { Assignment } from "../assignment";

export interface Filter {
  /** Words that must all occur, in any case, in what the row says of itself. */
  readonly text: string;
  /** The statuses to be shown; empty: all. */
  readonly statuses: readonly string[];
}

export const noFilter: Filter = { text: "", statuses: [] };

export function isFiltering(filter: Filter): boolean {
  return filter.text.trim() !== "" || filter.statuses.length > 0;
}

export function rowTest(filter: Filter): (row: Assignment) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const statuses = new Set(filter.statuses);
  return (row) => {
    if (statuses.size > 0 && !statuses.has(row.status)) return false;
    if (words.length === 0) return true;
    const text = [row.bead_id, row.bead_title, row.agent_type, row.agent_name, row.occupancy_key, row.fail_reason]
      .join("\n")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
