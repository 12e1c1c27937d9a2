// Asks for a pane: one of the session's live panes if tmux runs, else one from the ledger, else a typed one.
import * as vscode from "vscode";
import { isPaneId, paneIdentity } from "../../assignment";
import { escapeIcons } from "../../messages";
import { agentProductName, canonicalAgentType, knownAgentTypes } from "../../session/agentType";
import type { Pane } from "../../session/sessionPane";
import type { SessionSnapshot } from "../../session/sessionSnapshot";
import type { LivePane, PaneLives } from "../../tmux";
import { livesOfSession } from "../../views/panes/findPane";
import type { KnownPanes, PaneStatus, LivePanes } from "../../views/panes/livePanes";
import { askPick, type Answer, type StepPosition } from "./multiStepInput";

/** A pane, and the agent that presumably runs there. */
export interface PaneTarget {
  readonly pane: number;
  readonly paneId: string | undefined;
  readonly agentType: string | undefined;
  readonly agentName: string;
}

type KnownTarget = PaneTarget & { readonly agentType: string };

export interface PaneItem extends vscode.QuickPickItem {
  readonly target: PaneTarget;
}

/** The panes to choose from, and what can be typed instead of them. */
export interface PaneOptions {
  readonly items: readonly PaneItem[];
  readonly itemFor: (text: string) => PaneItem | undefined;
}

/**
 * @param needsPaneId whether panes without `%N` are excluded
 * @param except the identity of a pane that isn't offered, because the beads are there already
 */
export async function findPaneOptions(
  panes: LivePanes,
  sessionName: string,
  snapshot: SessionSnapshot | undefined,
  needsPaneId: boolean,
  except?: string,
): Promise<PaneOptions> {
  const lives = await livesOfSession(panes, sessionName, snapshot);
  const { items, itemFor } = paneOptions(lives, panes.current, snapshot, needsPaneId);
  const isOther = ({ target }: PaneItem): boolean =>
    except === undefined || paneIdentity({ occupancy_key: target.paneId, pane: target.pane }) !== except;
  return {
    items: items.filter(isOther),
    itemFor: (text) => {
      const item = itemFor(text);
      return item !== undefined && isOther(item) ? item : undefined;
    },
  };
}

/** @param lives the panes that tmux has; `undefined`: it isn't known */
export function paneOptions(
  lives: PaneLives | undefined,
  known: KnownPanes,
  snapshot: SessionSnapshot | undefined,
  needsPaneId: boolean,
): PaneOptions {
  const ledgerPanes = snapshot?.panes ?? [];
  // tmux lists all panes: a pane that isn't in the list doesn't exist.
  if (lives !== undefined) return { items: liveItems(lives, known, ledgerPanes), itemFor: () => undefined };
  const items = ledgerPanes.filter((pane) => !needsPaneId || pane.paneId !== undefined).map(knownItem);
  return { items, itemFor: (text) => typedItem(text, items, needsPaneId) };
}

/** Free panes first, panes without their agent last. */
export function liveItems(lives: PaneLives, known: KnownPanes, ledgerPanes: readonly Pane[]): readonly PaneItem[] {
  // What is known is about these panes, or about those of another session.
  const paneStatuses = known.lives === lives ? known.paneStatuses : noStatuses;
  const rank = ({ paneId, agentType }: LivePane): number => {
    const condition = paneStatuses.get(paneId)?.condition;
    if (condition === "agent-exited" || condition === "under-shell") return 3;
    return condition === "free" ? 0 : agentType === undefined ? 2 : 1;
  };
  return [...lives.panes]
    .sort((a, b) => rank(a) - rank(b))
    .map((pane) => liveItem(pane, ledgerPanes, paneStatuses.get(pane.paneId)));
}

const noStatuses: KnownPanes["paneStatuses"] = new Map();

export async function askPane(position: StepPosition, options: PaneOptions): Promise<Answer<PaneTarget>> {
  const placeholder =
    options.items.length === 0
      ? vscode.l10n.t("No panes found. Enter the index and tmux pane ID, such as 3 %12")
      : vscode.l10n.t("Select a pane, or enter its index and tmux pane ID, such as 3 %12");
  const item = await askPick(position, { ...options, placeholder });
  return typeof item === "object" ? item.target : item;
}

/** A pane of the tree: from the ledger, or one without beads. @param identity the pane's identity */
export function targetOf(
  identity: string,
  snapshot: SessionSnapshot | undefined,
  { withoutRows }: Pick<KnownPanes, "withoutRows">,
): KnownTarget | undefined {
  const pane = [...(snapshot?.panes ?? []), ...withoutRows].find((candidate) => candidate.identity === identity);
  return pane === undefined ? undefined : knownTarget(pane);
}

function liveItem(live: LivePane, ledgerPanes: readonly Pane[], paneStatus: PaneStatus | undefined): PaneItem {
  const { paneId, index, window } = live;
  const seen = ledgerPanes.find((pane) => pane.paneId === paneId);
  const agentType = live.agentType === undefined ? undefined : canonicalAgentType(live.agentType);
  const details = [
    paneStatus?.mark(Date.now()),
    paneId,
    window === 0 ? undefined : vscode.l10n.t("window {0}", window),
    seen?.agentName,
    load(seen),
  ];
  const label = paneItemLabel(index, agentType ?? live.command ?? "");
  return {
    label: paneStatus?.isWarning === true ? `$(warning) ${label}` : label,
    description: describe(details),
    target: { pane: index, paneId, agentType, agentName: seen?.agentName ?? "" },
  };
}

function knownItem(pane: Pane): PaneItem {
  const target = knownTarget(pane);
  return {
    label: paneItemLabel(pane.index, target.agentType),
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
  return isListed ? undefined : { label: paneItemLabel(target.pane, ""), description: describe([paneId]), target };
}

function load(pane: Pane | undefined): string | undefined {
  const count = pane?.rows.filter(({ status }) => status === "assigned" || status === "working").length ?? 0;
  return count === 0 ? undefined : vscode.l10n.t("{0} in flight", count);
}

function paneItemLabel(index: number, who: string): string {
  const name = agentProductName(who) ?? who;
  return name === "" ? vscode.l10n.t("Pane {0}", index) : vscode.l10n.t("Pane {0} · {1}", index, escapeIcons(name, 40));
}

function describe(details: readonly (string | undefined)[]): string {
  return details
    .flatMap((detail) => (detail === undefined || detail === "" ? [] : [escapeIcons(detail, 40)]))
    .join(" · ");
}

export interface AgentTarget {
  readonly agentType: string;
  readonly agentName: string;
}

interface AgentTypeItem extends vscode.QuickPickItem {
  readonly target: AgentTarget;
}

/** Offers the types of agents that ntm knows, and those that this session has. */
export async function askAgent(
  position: StepPosition,
  snapshot: SessionSnapshot | undefined,
): Promise<Answer<AgentTarget>> {
  const item = await askPick(position, {
    placeholder: vscode.l10n.t("Select an agent, or enter another agent type"),
    items: agentItems(snapshot),
    itemFor: (text) =>
      agentTypePattern.test(text) ? agentItem({ agentType: canonicalAgentType(text), agentName: "" }) : undefined,
  });
  return typeof item === "object" ? item.target : item;
}

/** ntm's types of agents, and its plugins, have such names. */
const agentTypePattern = /^[a-z][a-z0-9_-]{0,39}$/i;

/** Without names: an agent's name is in use in another pane. */
function agentItems(snapshot: SessionSnapshot | undefined): AgentTypeItem[] {
  const seen = (snapshot?.panes ?? []).map((pane) => canonicalAgentType(pane.agentType));
  const types = new Set([...seen, ...knownAgentTypes.filter((type) => type !== "user")]);
  return [...types].filter((type) => type !== "").map((agentType) => agentItem({ agentType, agentName: "" }));
}

function agentItem(target: AgentTarget): AgentTypeItem {
  return {
    label: escapeIcons(agentProductName(target.agentType) ?? target.agentType, 60),
    description: escapeIcons(target.agentName, 60),
    target,
  };
}
