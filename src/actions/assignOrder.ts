// The questions that make up an assignment: which bead, what about, where, who, and with which prompt.
import * as vscode from "vscode";
import { isTerminal, unplacedHold } from "../assignment";
import type { BeadsNode } from "../beads/nodes";
import type { SessionSnapshot } from "../session/snapshot";
import { plain, statusWord } from "../words";
import { askAgent, type AgentTarget } from "./agentChoice";
import { askPane, findPanes, targetOf, type PaneTarget } from "./paneChoice";
import { askInTurn, askText, type Question } from "./question";

export interface Order {
  readonly beadId: string;
  readonly title: string;
  readonly pane: PaneTarget;
  readonly agent: AgentTarget;
  readonly prompt: string;
}

/** @param node the pane for which it was asked, if for one */
export async function askOrder(
  sessionName: string,
  snapshot: SessionSnapshot | undefined,
  node: BeadsNode | undefined,
): Promise<Order | undefined> {
  const needsPaneId = unplacedHold("assign", snapshot?.schema ?? 1, undefined) !== undefined;
  const clicked = node?.kind === "pane" ? targetOf(node.identity, snapshot) : undefined;
  const given = needsPaneId && clicked?.paneId === undefined ? undefined : clicked;
  const answers: { -readonly [Key in keyof Order]?: Order[Key] } = {};
  if (given !== undefined) answers.pane = given;
  const askBead: Question = async (position) => {
    const beadId = await askText(position, {
      prompt: vscode.l10n.t("The id of the bead"),
      placeholder: "bd-1a2b",
      ...(answers.beadId !== undefined && { value: answers.beadId }),
      validate: (text) => beadProblem(text, snapshot),
    });
    if (typeof beadId !== "string") return beadId;
    answers.beadId = beadId.trim();
    return "next";
  };
  const askTitle: Question = async (position) => {
    const known = snapshot?.get(answers.beadId ?? "")?.bead_title;
    const title = await askText(position, {
      prompt: vscode.l10n.t("What it is about"),
      value: answers.title ?? known ?? "",
    });
    if (typeof title !== "string") return title;
    answers.title = title.trim();
    return "next";
  };
  const askWhere: Question = async (position) => {
    const pane = await askPane(position, await findPanes(sessionName, snapshot, needsPaneId));
    if (typeof pane !== "object") return pane;
    answers.pane = pane;
    return "next";
  };
  const askWho: Question = async (position) => {
    const { agentType, agentName = "" } = answers.pane ?? {};
    const agent = await askAgent(position, snapshot, agentType === undefined ? undefined : { agentType, agentName });
    if (typeof agent !== "object") return agent;
    answers.agent = agent;
    return "next";
  };
  const askPrompt: Question = async (position) => {
    const prompt = await askText(position, {
      prompt: vscode.l10n.t("The prompt, which is noted and not sent. May be empty."),
      value: answers.prompt ?? "",
    });
    if (typeof prompt !== "string") return prompt;
    answers.prompt = prompt;
    return "next";
  };
  const where = given === undefined ? [askWhere] : [];
  const questions = [askBead, askTitle, ...where, askWho, askPrompt];
  if (!(await askInTurn(vscode.l10n.t("Assign a Bead in {0}", sessionName), questions))) return undefined;
  const { beadId, title, pane, agent, prompt } = answers;
  if (beadId === undefined || title === undefined || pane === undefined) return undefined;
  return agent === undefined || prompt === undefined ? undefined : { beadId, title, pane, agent, prompt };
}

function beadProblem(text: string, snapshot: SessionSnapshot | undefined): string | undefined {
  const beadId = text.trim();
  if (beadId === "") return vscode.l10n.t("A bead has an id.");
  const row = snapshot?.get(beadId);
  if (row === undefined || isTerminal(row.status)) return undefined;
  return vscode.l10n.t("{0} is {1} in pane {2}: reassign it instead.", plain(beadId), statusWord(row.status), row.pane);
}
