// The input steps of an assignment without ntm: bead, pane and prompt; title and agent too where they are not known.
import * as vscode from "vscode";
import { isTerminal } from "../../assignment";
import type { CommandArguments } from "../../contributions";
import type { SessionSnapshot } from "../../session/sessionSnapshot";
import { sanitize, statusWord } from "../../messages";
import { askAgent, type AgentTarget, askPane, findPaneOptions, targetOf, type PaneTarget } from "./panePicker";
import type { Services } from "../../services";
import { runMultiStepInput, askText, type InputStep } from "./multiStepInput";

export interface AssignmentInput {
  readonly beadId: string;
  readonly title: string;
  readonly pane: PaneTarget;
  readonly agent: AgentTarget;
  readonly prompt: string;
}

/** @param node the pane, or the ready bead, that the command was run on, if any */
export async function askAssignment(
  { session, tracker, panes: livePanes }: Pick<Services, "session" | "tracker" | "panes">,
  sessionName: string,
  node: CommandArguments["beads"][0],
): Promise<AssignmentInput | undefined> {
  const { snapshot } = session;
  const titleOf = (beadId: string): string => tracker.titleOf(beadId);
  const presetPane = node?.kind === "pane" ? targetOf(node.identity, snapshot, livePanes.current) : undefined;
  const answers: { -readonly [Key in keyof AssignmentInput]?: AssignmentInput[Key] } = {};
  if (presetPane !== undefined) answers.pane = presetPane;
  if (node?.kind === "ready") {
    answers.beadId = node.beadId;
    answers.title = titleOf(node.beadId);
  }
  const askBead: InputStep = async (position) => {
    const beadId = await askText(position, {
      prompt: vscode.l10n.t("Bead ID"),
      placeholder: "bd-1a2b",
      ...(answers.beadId !== undefined && { value: answers.beadId }),
      validate: (text) => beadProblem(text, snapshot),
    });
    if (typeof beadId !== "string") return beadId;
    answers.beadId = beadId.trim();
    return "next";
  };
  const askTitle: InputStep = async (position) => {
    const { beadId = "" } = answers;
    const known = snapshot?.get(beadId)?.bead_title ?? titleOf(beadId);
    if (known !== "") {
      answers.title = known;
      return "skip";
    }
    const title = await askText(position, { prompt: vscode.l10n.t("Title"), value: answers.title ?? "" });
    if (typeof title !== "string") return title;
    answers.title = title.trim();
    return "next";
  };
  const askForPane: InputStep = async (position) => {
    const pane = await askPane(position, await findPaneOptions(livePanes, sessionName, snapshot, false));
    if (typeof pane !== "object") return pane;
    answers.pane = pane;
    return "next";
  };
  const askForAgent: InputStep = async (position) => {
    const { agentType, agentName = "" } = answers.pane ?? {};
    if (agentType !== undefined && agentType !== "") {
      answers.agent = { agentType, agentName };
      return "skip";
    }
    const agent = await askAgent(position, snapshot);
    if (typeof agent !== "object") return agent;
    answers.agent = agent;
    return "next";
  };
  const askPrompt: InputStep = async (position) => {
    const prompt = await askText(position, {
      prompt: vscode.l10n.t("Prompt (optional). It is recorded, not sent."),
      value: answers.prompt ?? "",
    });
    if (typeof prompt !== "string") return prompt;
    answers.prompt = prompt;
    return "next";
  };
  const paneSteps = presetPane === undefined ? [askForPane] : [];
  const beadSteps = node?.kind === "ready" ? [] : [askBead, askTitle];
  const steps = [...beadSteps, ...paneSteps, askForAgent, askPrompt];
  if (!(await runMultiStepInput(vscode.l10n.t("Assign a Bead in {0}", sessionName), steps, false))) return undefined;
  const { beadId, title, pane, agent, prompt } = answers;
  if (beadId === undefined || title === undefined || pane === undefined) return undefined;
  return agent === undefined || prompt === undefined ? undefined : { beadId, title, pane, agent, prompt };
}

/** Why a bead can't be assigned; `undefined` if it can. */
export function beadProblem(text: string, snapshot: SessionSnapshot | undefined): string | undefined {
  const beadId = text.trim();
  if (beadId === "") return vscode.l10n.t("Enter the bead ID.");
  // eslint-disable-next-line no-control-regex -- what no tracker has in an ID
  if (/[\s\u0000-\u001f\u007f]/.test(beadId)) return vscode.l10n.t("A bead ID has no spaces or control characters.");
  const row = snapshot?.get(beadId);
  if (row === undefined || isTerminal(row.status)) return undefined;
  return vscode.l10n.t(
    "{0} is {1} in pane {2}. Reassign it instead.",
    sanitize(beadId),
    statusWord(row.status),
    row.pane,
  );
}
