// The tools that change the status of a row, through the store with its guard and locks, and the state in the options of its pane.
import { isAtomic, type Assignment, type AssignmentStore, type Change } from "../../assignment";
import { endWaiting, setWaiting, setWorking, TmuxError } from "../../tmux";
import { answer, refusal, type ToolAnswer, oneLine, quoted } from "./answer";
import { ownLedger, rowNamed, sessionLedger, type AgentContext, locateAgent, type AgentLocation } from "./ledgerOf";
import { theOwnRow } from "./callerRows";
import { rowData } from "./rowData";
import { storeRefusal, trackerNote } from "./refusals";

/** Of what an agent asks, in characters: the tree shows no more than a few lines of it. */
const longestQuestion = 500;

/** A change of status that a tool makes. */
export type StatusChange =
  { readonly kind: "start" } | { readonly kind: "complete" } | { readonly kind: "fail"; readonly reason: string };

/** Changes the row of the agent's own pane. @param beadId the bead that the agent takes for its own */
export async function changeOwnRow(context: AgentContext, change: StatusChange, beadId?: string): Promise<ToolAnswer> {
  const own = await ownLedger(context);
  if ("isError" in own) return own;
  const found = theOwnRow(own, beadId);
  if ("isError" in found) return found;
  const changed = await changeRow(own.store, found.row, change);
  if (changed.isError) return changed;
  const trouble = await tellPane(context, own.location, change);
  return trouble === undefined
    ? changed
    : { ...changed, text: `${changed.text} ${trouble}`, facts: { ...changed.facts, pane_state: trouble } };
}

/**
 * Changes any row of the session, for a user who chose it and was asked.
 * @param observed the row that the user was asked about: another generation of it is left alone
 */
export async function changeAnyRow(
  context: AgentContext,
  change: StatusChange,
  beadId: string,
  observed?: Assignment,
): Promise<ToolAnswer> {
  const session = await sessionLedger(context);
  if ("isError" in session) return session;
  const found = rowNamed(session.store, beadId);
  return "isError" in found ? found : changeRow(session.store, found.row, change, observed);
}

export async function ask(context: AgentContext, text: string): Promise<ToolAnswer> {
  return say(context, async (location) => {
    await setWaiting({ paneId: location.paneId, env: context.env }, oneLine(text, longestQuestion), context.now());
    return answer(
      { state: "waiting", pane: location.paneId },
      "The user sees that this pane waits, and for what.",
      "Stop and wait for the answer in this pane; then call resume or start.",
    );
  });
}

export async function resume(context: AgentContext): Promise<ToolAnswer> {
  return say(context, async (location) => {
    await setWorking({ paneId: location.paneId, env: context.env }, context.now());
    return answer({ state: "working", pane: location.paneId }, "The user sees that this pane works again.");
  });
}

async function changeRow(
  store: AssignmentStore,
  row: Assignment,
  change: StatusChange,
  observed = row,
): Promise<ToolAnswer> {
  if (change.kind === "start" && row.status === "working") {
    return answer({ bead: rowData(row), changed: false }, `${quoted(row.bead_id)} is working already.`);
  }
  try {
    const [result] = await store.apply([changeOf(change, observed)]);
    if (result?.error !== undefined) return storeRefusal(result.error, store, row);
    const after = result?.row ?? row;
    const sentence = `${quoted(row.bead_id)} is ${after.status} now.`;
    const next = change.kind !== "start" && isAtomic(after) ? [trackerNote(after)] : [];
    return answer({ bead: rowData(after), changed: true }, sentence, ...next);
  } catch (error) {
    return storeRefusal(error, store, row);
  }
}

function changeOf(change: StatusChange, observed: Assignment): Change {
  const of = { beadId: observed.bead_id, observed };
  switch (change.kind) {
    case "start":
      return { kind: "markWorking", ...of };
    case "complete":
      return { kind: "markCompleted", ...of };
    case "fail":
      return { kind: "markFailed", reason: change.reason, ...of };
  }
}

/** The row has changed by now, so a failure to set the pane's options is no refusal. @returns what went wrong */
async function tellPane(
  { env, now }: AgentContext,
  { paneId }: AgentLocation,
  change: StatusChange,
): Promise<string | undefined> {
  try {
    await (change.kind === "start" ? setWorking({ paneId, env }, now()) : endWaiting({ paneId, env }, "question"));
    return undefined;
  } catch (error) {
    if (!(error instanceof TmuxError)) throw error;
    return "tmux couldn't be told, so the pane may still be shown as before.";
  }
}

async function say(context: AgentContext, tell: (location: AgentLocation) => Promise<ToolAnswer>): Promise<ToolAnswer> {
  const location = await locateAgent({ env: context.env });
  const outsideTmux = refusal(
    "no-tmux",
    "The pane of this server couldn't be told: TMUX_PANE isn't set, or tmux doesn't know the pane.",
    "Ask the user in the conversation instead.",
  );
  if (typeof location === "string") return outsideTmux;
  try {
    return await tell(location);
  } catch (error) {
    if (error instanceof TmuxError) return outsideTmux;
    throw error;
  }
}
