// Asks for the agent of a pane, if it isn't known or the user wants another one.
import * as vscode from "vscode";
import { agentProductName, canonicalAgentType, knownAgentTypes } from "../../session/agentType";
import type { SessionSnapshot } from "../../session/sessionSnapshot";
import { escapeIcons } from "../../text";
import { askPick, type Answer, type StepPosition } from "./multiStepInput";

export interface AgentTarget {
  readonly agentType: string;
  readonly agentName: string;
}

interface AgentItem extends vscode.QuickPickItem {
  readonly target: AgentTarget;
}

/** Offers the agents seen in the session and the types that ntm knows. */
export async function askAgent(
  position: StepPosition,
  snapshot: SessionSnapshot | undefined,
): Promise<Answer<AgentTarget>> {
  const item = await askPick(position, {
    placeholder: vscode.l10n.t("Select an agent, or enter another agent type"),
    items: agentItems(snapshot),
    itemFor: (text) => agentItem({ agentType: canonicalAgentType(text), agentName: "" }),
  });
  return typeof item === "object" ? item.target : item;
}

function agentItems(snapshot: SessionSnapshot | undefined): AgentItem[] {
  const seen = (snapshot?.panes ?? []).map((pane) => ({
    agentType: canonicalAgentType(pane.agentType),
    agentName: pane.agentName ?? "",
  }));
  const types = knownAgentTypes.filter((type) => type !== "user").map((agentType) => ({ agentType, agentName: "" }));
  const items = new Map<string, AgentItem>();
  for (const agent of [...seen, ...types]) {
    const key = JSON.stringify([agent.agentType, agent.agentName]);
    if (agent.agentType !== "" && !items.has(key)) items.set(key, agentItem(agent));
  }
  return [...items.values()];
}

function agentItem(target: AgentTarget): AgentItem {
  return {
    label: escapeIcons(agentProductName(target.agentType) ?? target.agentType, 60),
    description: escapeIcons(target.agentName, 60),
    target,
  };
}
