// Creates what the views and commands share: the state of the active session, the Beads view, and the parts that are
// loaded on first use.
import type * as vscode from "vscode";
import { reportErrors } from "./actions/reportErrors";
import type { Services } from "./actions/services";
import { AttentionTracker } from "./attention/attentionTracker";
import { BeadsDragAndDrop } from "./beads/dragAndDrop";
import { Expansion } from "./beads/tree/expansion";
import { TreeOptionsMemento } from "./beads/tree/treeOptionsMemento";
import { BeadsView } from "./beads/view";
import { createLog } from "./log";
import { LivePanes } from "./panes/livePanes";
import { ActiveSession } from "./session/activeSession";
import { OwnChanges } from "./session/ownChanges";
import { RowActivities } from "./session/rowActivity";
import { stuckAfter } from "./settings";
import { LazyPart } from "./util/lazyPart";
import { workspaceEnvironment } from "./workspaceEnvironment";

/** Everything created is disposed of with the extension. */
export function createServices(context: vscode.ExtensionContext): Services {
  const { extensionUri, subscriptions, workspaceState } = context;
  const log = createLog();
  const session = new ActiveSession(workspaceEnvironment(workspaceState, log));
  const attention = new AttentionTracker(session, () => stuckAfter(history.loaded?.experience ?? []));
  const panes = new LivePanes();
  const activities = new RowActivities();
  const treeOptions = new TreeOptionsMemento(workspaceState);
  const expansion = new Expansion(workspaceState);
  const contextOf: Services["contextOf"] = (beadId) => ({
    facts: tracker.loaded?.factsOf(beadId),
    activity: activities.of(session.snapshot?.sessionName ?? "", beadId),
    events: history.loaded?.eventsOf(beadId) ?? [],
  });
  const dragAndDropController = new BeadsDragAndDrop(session, {
    drop: (...dropped) => reportErrors(services, async () => (await actions.load()).drop(...dropped)),
    dropReady: (...dropped) => reportErrors(services, async () => (await actions.load()).dropReady(...dropped)),
  });
  const view = new BeadsView({
    session,
    attention,
    panes,
    contextOf,
    activities,
    treeOptions,
    expansion,
    extensionUri,
    dragAndDropController,
  });
  const tracker = new LazyPart(log, async () => {
    const { ActiveTracker } = await import("./ready/activeTracker");
    return new ActiveTracker({ session, attention, log });
  });
  const history: Services["history"] = new LazyPart(log, async () => {
    const { HistoryViews } = await import("./historyViews");
    return new HistoryViews({ context, services, attention });
  });
  const actions: Services["actions"] = new LazyPart(log, async () => {
    const { createActions } = await import("./actions");
    return createActions(services);
  });
  const services: Services = {
    context,
    log,
    session,
    attention,
    panes,
    activities,
    ownChanges: new OwnChanges(),
    treeOptions,
    view,
    contextOf,
    tracker,
    history,
    actions,
  };
  subscriptions.push(log, session, attention, panes, activities, treeOptions, expansion, view);
  subscriptions.push(tracker, history, actions);
  return services;
}
