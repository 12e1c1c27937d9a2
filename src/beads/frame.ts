// What stands around the tree: the view's description, its message, its badge, and what menus and welcomes ask about.
import { l10n } from "vscode";
import type { ContextKeys } from "../contributions";
import type { Attention } from "../session/attention";
import type { SessionList } from "../session/sessionList";
import type { SessionSnapshot } from "../session/snapshot";
import { tildify } from "../util/tildify";
import { missingLockExplanation, plain, problemExplanation, statusWord } from "../words";
import { isFiltering, type Filter } from "./filter";
import { beadsState } from "./state";
import type { Shape } from "./tree";

export interface Frame {
  readonly description: string;
  /** Empty: none. */
  readonly message: string;
  readonly badge: { readonly value: number; readonly tooltip: string } | undefined;
  readonly contextKeys: ContextKeys;
}

export interface FrameContent {
  readonly list: SessionList | undefined;
  readonly snapshot: SessionSnapshot | undefined;
  readonly attention: Attention;
  readonly pinned: string | undefined;
  readonly shape: Shape;
  /** How many rows the filter hides. */
  readonly hiddenCount: number;
  /** Whether it turned out that ledgers can't be changed here. */
  readonly isReadOnly: boolean;
}

export function frameOf(content: FrameContent): Frame {
  const { snapshot, attention, pinned, shape, isReadOnly } = content;
  const state = beadsState(content);
  const problem = snapshot?.health.kind === "ok" ? undefined : snapshot?.health.problem;
  return {
    description: descriptionOf(content),
    message: state === "rows" ? messageOf(content) : "",
    badge: attention.count === 0 ? undefined : { value: attention.count, tooltip: badgeTooltip(attention) },
    contextKeys: {
      beadsState: state,
      grouping: shape.grouping,
      isFiltered: isFiltering(shape.filter),
      hasProblems: attention.rowCount > 0,
      hasLedgerProblem: problem !== undefined,
      canRepair: problem?.remedy === "promote-backup" || problem?.remedy === "publish-primary",
      isPinned: snapshot !== undefined && snapshot.sessionName === pinned,
      isReadOnly,
    },
  };
}

function descriptionOf({ snapshot, pinned, shape }: FrameContent): string {
  if (snapshot === undefined) return "";
  const { sessionName } = snapshot;
  const session = sessionName === pinned ? l10n.t("{0} (pinned)", sessionName) : sessionName;
  return [session, ...filterWords(shape.filter)].join(" · ");
}

function filterWords({ text, statuses }: Filter): string[] {
  const words = plain(text, 30);
  return [
    ...(words === "" ? [] : [l10n.t("“{0}”", words)]),
    ...(statuses.length === 0 ? [] : [statuses.map(statusWord).join(", ")]),
  ];
}

/** Trouble that leaves rows in sight. Where none are, a welcome says what is wrong, and a message would hide it. */
function messageOf({ snapshot, isReadOnly }: FrameContent): string {
  const sentences = isReadOnly ? [missingLockExplanation().sentence] : [];
  if (snapshot !== undefined && snapshot.health.kind !== "ok") {
    const { sentence, next } = problemExplanation(snapshot.health.problem, tildify(snapshot.path));
    sentences.push(sentence, next);
    if (snapshot.isStale) sentences.push(l10n.t("The rows below are the last that could be read."));
  }
  return sentences.join(" ");
}

function badgeTooltip({ counts, isLedgerInTrouble }: Attention): string {
  return [
    counts.failed === 0 ? "" : l10n.t("{0} failed", counts.failed),
    counts.held === 0 ? "" : l10n.t("{0} locked with an error", counts.held),
    counts.stuck === 0 ? "" : l10n.t("{0} stuck", counts.stuck),
    isLedgerInTrouble ? l10n.t("the ledger has a problem") : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
}
