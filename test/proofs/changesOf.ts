// A row that is changed in a cycle counts its changes: assigned, working, failed, and assigned again by a retry.
const round = ["assigned", "working", "failed"];

export function changesOf(row: { readonly status?: unknown; readonly retry_count?: unknown }): number {
  const phase = round.indexOf(String(row.status));
  if (phase < 0) throw new Error(`unexpected status ${String(row.status)}`);
  return Number(row.retry_count ?? 0) * round.length + phase;
}
