// Incrementally updated groups of rows.
import { withChanges, type Assignment, type RowChanges } from "../assignment";

/** By key; each group is in list order, and none is empty. */
export type RowGroups = ReadonlyMap<string, readonly Assignment[]>;

/**
 * The groups after rows have changed; a group without changed rows stays the same array.
 * @param keyOf must depend on the row alone; `undefined` for rows without a group
 */
export function regrouped(
  before: RowGroups,
  { gone, come }: RowChanges,
  keyOf: (row: Assignment) => string | undefined,
): RowGroups {
  const groups = new Map(before);
  const goneByKey = gather(gone, keyOf);
  const comeByKey = gather(come, keyOf);
  for (const key of new Set([...goneByKey.keys(), ...comeByKey.keys()])) {
    const changes = { gone: goneByKey.get(key) ?? [], come: comeByKey.get(key) ?? [] };
    const rows = withChanges(groups.get(key) ?? [], changes);
    if (rows.length > 0) groups.set(key, rows);
    else groups.delete(key);
  }
  return groups;
}

function gather(rows: readonly Assignment[], keyOf: (row: Assignment) => string | undefined): RowGroups {
  const groups = new Map<string, Assignment[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
