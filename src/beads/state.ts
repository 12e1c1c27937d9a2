// Why the beads view shows what it shows: a tree, or the welcome that fits its cause.
import type { BeadsState } from "../contributions";
import type { SessionList } from "../session/sessionList";
import type { SessionSnapshot } from "../session/snapshot";

export interface Circumstances {
  /** `undefined` before the storage folder was first looked at. */
  readonly list: SessionList | undefined;
  readonly snapshot: SessionSnapshot | undefined;
  /** How many of the snapshot's rows the filter hides. */
  readonly hiddenCount: number;
}

export function beadsState({ list, snapshot, hiddenCount }: Circumstances): BeadsState {
  if (list === undefined) return "loading";
  if (snapshot === undefined) return stateWithoutSession(list);
  if (snapshot.rows.length > hiddenCount) return "rows";
  if (snapshot.rows.length > 0) return "allFiltered";
  if (snapshot.health.kind !== "ok") {
    return snapshot.health.problem.code === "newer-schema" ? "newerSchema" : "unreadable";
  }
  return snapshot.exists ? "noRows" : "noLedger";
}

function stateWithoutSession({ storage, entries }: SessionList): BeadsState {
  switch (storage.kind) {
    case "missing":
      return "noStorage";
    case "unreachable":
      return "storageTrouble";
    case "ok":
      return entries.some(({ trouble }) => trouble?.kind !== "illegal-name") ? "loading" : "noSession";
  }
}
