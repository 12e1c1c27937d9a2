// The view's description, message and badge, and the context keys of menus and welcome views.
import { l10n } from "vscode";
import type { BeadsState, ContextKeys } from "../../contributions";
import type { Attention } from "../../session/attention";
import { countReasons } from "../../messages/reasons";
import type { SessionList } from "../../session/sessionList";
import type { SessionSnapshot } from "../../session/sessionSnapshot";
import { tildify } from "../../util/tildify";
import { missingLockExplanation, sanitize, problemExplanation, statusWord } from "../../messages";
import { isFiltering, type Filter } from "./filter";
import type { TreeOptions } from "./beadsTree";

export interface ViewState {
  readonly description: string;
  /** Empty: none. */
  readonly message: string;
  readonly badge: { readonly value: number; readonly tooltip: string } | undefined;
  readonly contextKeys: Omit<
    ContextKeys,
    "readyState" | "reservedFiles" | "hasSwitchedSession" | "hasChangedBeads" | "hasCopiedMcpConfiguration"
  >;
}

export interface ViewStateInput {
  readonly list: SessionList | undefined;
  readonly snapshot: SessionSnapshot | undefined;
  readonly attention: Attention;
  readonly pinned: string | undefined;
  readonly options: TreeOptions;
  /** How many panes without rows are shown. */
  readonly paneCount: number;
  /** How many rows the filter hides; 0 without a filter. */
  readonly hiddenCount: number;
  /** The storage folder if it doesn't answer. */
  readonly unresponsive?: string | undefined;
  /** Whether it turned out that ledgers can't be changed here. */
  readonly isReadOnly: boolean;
  /** A line to be shown over the rows; empty: none. */
  readonly notice?: string;
}

export function viewStateOf(content: ViewStateInput): ViewState {
  const { snapshot, attention, pinned, options, isReadOnly, notice = "" } = content;
  const state = beadsStateOf(content);
  const problem = snapshot?.health.kind === "ok" ? undefined : snapshot?.health.problem;
  return {
    description: descriptionOf(content),
    message: state === "rows" ? messageOf(content) : "",
    badge: attention.count === 0 ? undefined : { value: attention.count, tooltip: badgeTooltip(attention) },
    contextKeys: {
      beadsState: state,
      grouping: options.grouping,
      isFiltered: isFiltering(options.filter),
      hasProblems: attention.rowCount > 0,
      hasLedgerProblem: problem !== undefined,
      canRepair: problem?.remedy === "promote-backup" || problem?.remedy === "publish-primary",
      isPinned: pinned !== undefined,
      hasChanges: notice !== "",
      isReadOnly,
    },
  };
}

function descriptionOf({ snapshot, attention, pinned, options, hiddenCount }: ViewStateInput): string {
  if (snapshot === undefined) return "";
  const { sessionName, rows } = snapshot;
  const { snoozedCount } = attention;
  // It is cut off from its end, and the status bar names the session, too.
  return [
    ...(isFiltering(options.filter) ? [l10n.t("{0} of {1}", rows.length - hiddenCount, rows.length)] : []),
    ...(snoozedCount === 0 ? [] : [l10n.t("{0} snoozed", snoozedCount)]),
    ...filterWords(options.filter),
    sessionName === pinned ? l10n.t("{0} (pinned)", sessionName) : sessionName,
  ].join(" · ");
}

function filterWords({ text, statuses, needsAttention = false }: Filter): string[] {
  const words = sanitize(text, 30);
  return [
    ...(words === "" ? [] : [l10n.t("“{0}”", words)]),
    ...(needsAttention ? [l10n.t("needs attention")] : []),
    ...(statuses.length === 0 ? [] : [statuses.map(statusWord).join(", ")]),
  ];
}

/** Problems of ledgers with rows. Without rows a welcome view says what is wrong, and a message would hide it. */
function messageOf({ snapshot, isReadOnly, unresponsive, notice = "" }: ViewStateInput): string {
  const sentences = isReadOnly ? [missingLockExplanation().sentence] : [];
  if (unresponsive !== undefined) {
    sentences.push(l10n.t("{0} isn't answering, so the beads may be out of date.", tildify(unresponsive)));
  }
  if (snapshot !== undefined && snapshot.health.kind !== "ok") {
    const { sentence, next } = problemExplanation(snapshot.health.problem, tildify(snapshot.path));
    sentences.push(sentence, next);
    if (snapshot.isStale) sentences.push(l10n.t("The rows below are the last that could be read."));
  }
  return [...sentences, ...(notice === "" ? [] : [notice])].join(" ");
}

function badgeTooltip({ counts, isLedgerInTrouble }: Attention): string {
  return [...countReasons(counts), ...(isLedgerInTrouble ? [l10n.t("the ledger has a problem")] : [])].join(", ");
}

/** Which welcome is shown, or `rows` when the tree is. */
function beadsStateOf({ list, snapshot, paneCount, hiddenCount }: ViewStateInput): BeadsState {
  if (list === undefined) return "loading";
  if (snapshot === undefined) return stateWithoutSession(list);
  if (snapshot.rows.length > hiddenCount || paneCount > 0) return "rows";
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
      return entries.some(({ problem }) => problem?.kind !== "illegal-name") ? "loading" : "noSession";
  }
}
