// The addresses of histories. They are documents, and at the same time what rows and panes of the tree are decorated by.
import { l10n, Uri } from "vscode";
import { sanitize } from "../text/sanitize";

export const historyScheme = "ntm-assignments-history";

/** What a history is about: a bead, a pane, or everything in a period. Times are in milliseconds since 1970. */
export interface HistoryTopic {
  readonly sessionName: string;
  readonly beadId?: string;
  /** The pane's identity. */
  readonly pane?: string;
  /** What happened later than that. */
  readonly from?: number;
  readonly to?: number;
}

/** The path is what the tab shows; what it is about stands in the query. */
export function historyUri(topic: HistoryTopic): Uri {
  const { sessionName, beadId, pane } = topic;
  const name = sanitize(beadId ?? pane ?? sessionName, 60).replaceAll(/[/\\]/g, "_");
  const title = l10n.t("History of {0}", name);
  return Uri.from({ scheme: historyScheme, path: `/${title}.txt`, query: JSON.stringify(topic) });
}

export function historyTopic({ query }: Uri): HistoryTopic {
  return JSON.parse(query) as HistoryTopic;
}
