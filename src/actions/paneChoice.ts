// Where a bead can go: the live panes of the session when tmux runs, else those that the ledger knows, else what is typed.
import * as vscode from "vscode";
import { isPaneId } from "../assignment";
import { agentProductName, canonicalAgentType } from "../session/agentType";
import type { Pane } from "../session/pane";
import type { SessionSnapshot } from "../session/snapshot";
import { withoutIcons } from "../words";
import { askPick, type Answer, type Position } from "./question";
import { liveSession, type LivePane } from "./tmux";

/** A pane, and who is thought to run there. */
export interface PaneTarget {
  readonly pane: number;
  readonly paneId: string | undefined;
  readonly agentType: string | undefined;
  readonly agentName: string;
}

type KnownTarget = PaneTarget & { readonly agentType: string };

interface PaneItem extends vscode.QuickPickItem {
  readonly target: PaneTarget;
}

/** The panes to choose from, and what can be typed instead of them. */
export interface PaneChoice {
  readonly items: readonly PaneItem[];
  itemFor(text: string): PaneItem | undefined;
}

/** @param needsPaneId whether a pane without `%N` is of no use */
export async function findPanes(
  sessionName: string,
  snapshot: SessionSnapshot | undefined,
  needsPaneId: boolean,
): Promise<PaneChoice> {
  const known = snapshot?.panes ?? [];
  const tmux = await liveSession(sessionName);
  if (tmux.kind === "live" && tmux.panes.length > 0) {
    // tmux knows all that there are: what isn't in its list can't be meant.
    return { items: tmux.panes.map((pane) => liveItem(pane, known, sessionName)), itemFor: () => undefined };
  }
  const items = known.filter((pane) => !needsPaneId || pane.paneId !== undefined).map(knownItem);
  return { items, itemFor: (text) => typedItem(text, items, needsPaneId) };
}

export async function askPane(position: Position, choice: PaneChoice): Promise<Answer<PaneTarget>> {
  const placeholder =
    choice.items.length === 0
      ? vscode.l10n.t("No pane is known: type its index and its tmux id, such as 3 %12")
      : vscode.l10n.t("Choose a pane, or type its index and its tmux id, such as 3 %12");
  const item = await askPick(position, { ...choice, placeholder });
  return typeof item === "object" ? item.target : item;
}

/** A pane that the ledger knows. @param identity what tells it from others */
export function targetOf(identity: string, snapshot: SessionSnapshot | undefined): KnownTarget | undefined {
  const pane = snapshot?.panes.find((candidate) => candidate.identity === identity);
  return pane === undefined ? undefined : knownTarget(pane);
}

function liveItem(live: LivePane, known: readonly Pane[], sessionName: string): PaneItem {
  const { paneId, index, window } = live;
  const seen = known.find((pane) => pane.paneId === paneId);
  const titled = agentOfTitle(live.title, sessionName);
  const agentType = titled ?? (seen === undefined ? undefined : canonicalAgentType(seen.agentType));
  const facts = [paneId, window === 0 ? undefined : vscode.l10n.t("window {0}", window), seen?.agentName, load(seen)];
  return {
    label: paneLabel(index, agentType ?? live.command),
    description: describe(facts),
    target: { pane: index, paneId, agentType, agentName: seen?.agentName ?? "" },
  };
}

function knownItem(pane: Pane): PaneItem {
  const target = knownTarget(pane);
  return {
    label: paneLabel(pane.index, target.agentType),
    description: describe([pane.paneId, pane.agentName, load(pane)]),
    target,
  };
}

function knownTarget(pane: Pane): KnownTarget {
  const agentType = canonicalAgentType(pane.agentType);
  return { pane: pane.index, paneId: pane.paneId, agentType, agentName: pane.agentName ?? "" };
}

function typedItem(text: string, items: readonly PaneItem[], needsPaneId: boolean): PaneItem | undefined {
  const [, index, id = ""] = /^(\d{1,9})(?:\s+(%\d+))?$/.exec(text) ?? [];
  if (index === undefined || (id === "" ? needsPaneId : !isPaneId(id))) return undefined;
  const paneId = id === "" ? undefined : id;
  const target = { pane: Number(index), paneId, agentType: undefined, agentName: "" };
  const isListed = items.some((item) => item.target.pane === target.pane && item.target.paneId === paneId);
  return isListed ? undefined : { label: paneLabel(target.pane, ""), description: describe([paneId]), target };
}

/** ntm titles its panes `<session>__<type>_<number>`, with more to follow. */
function agentOfTitle(title: string, sessionName: string): string | undefined {
  if (!title.startsWith(`${sessionName}__`)) return undefined;
  const type = /^([A-Za-z][A-Za-z-]*)_\d+/.exec(title.slice(sessionName.length + 2))?.[1];
  return type === undefined ? undefined : canonicalAgentType(type);
}

function load(pane: Pane | undefined): string | undefined {
  const count = pane?.rows.filter(({ status }) => status === "assigned" || status === "working").length ?? 0;
  return count === 0 ? undefined : vscode.l10n.t("{0} in flight", count);
}

function paneLabel(index: number, who: string): string {
  const name = agentProductName(who) ?? who;
  return name === ""
    ? vscode.l10n.t("Pane {0}", index)
    : vscode.l10n.t("Pane {0} · {1}", index, withoutIcons(name, 40));
}

function describe(facts: readonly (string | undefined)[]): string {
  return facts.flatMap((fact) => (fact === undefined || fact === "" ? [] : [withoutIcons(fact, 40)])).join(" · ");
}
