// Who works in a pane, when that isn't known or shall be another one.
import * as vscode from "vscode";
import { agentProductName, canonicalAgentType, knownAgentTypes } from "../session/agentType";
import type { SessionSnapshot } from "../session/snapshot";
import { withoutIcons } from "../words";
import { askPick, type Answer, type Position } from "./question";

export interface AgentTarget {
  readonly agentType: string;
  readonly agentName: string;
}

interface AgentItem extends vscode.QuickPickItem {
  readonly target: AgentTarget;
}

/** Asks among the agents seen in the session and the types ntm knows. @param likely stands first */
export async function askAgent(
  position: Position,
  snapshot: SessionSnapshot | undefined,
  likely?: AgentTarget,
): Promise<Answer<AgentTarget>> {
  const item = await askPick(position, {
    placeholder: vscode.l10n.t("Choose an agent, or type the name of another kind"),
    items: agentItems(snapshot, likely),
    itemFor: (text) => agentItem({ agentType: canonicalAgentType(text), agentName: "" }),
  });
  return typeof item === "object" ? item.target : item;
}

function agentItems(snapshot: SessionSnapshot | undefined, likely: AgentTarget | undefined): AgentItem[] {
  const seen = (snapshot?.panes ?? []).map((pane) => ({
    agentType: canonicalAgentType(pane.agentType),
    agentName: pane.agentName ?? "",
  }));
  const types = knownAgentTypes.filter((type) => type !== "user").map((agentType) => ({ agentType, agentName: "" }));
  const items = new Map<string, AgentItem>();
  for (const agent of [...(likely === undefined ? [] : [likely]), ...seen, ...types]) {
    const key = JSON.stringify([agent.agentType, agent.agentName]);
    if (agent.agentType !== "" && !items.has(key)) items.set(key, agentItem(agent));
  }
  return [...items.values()];
}

function agentItem(target: AgentTarget): AgentItem {
  return {
    label: withoutIcons(agentProductName(target.agentType) ?? target.agentType, 60),
    description: withoutIcons(target.agentName, 60),
    target,
  };
}
