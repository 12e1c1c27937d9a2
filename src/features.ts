// What isn't needed before a session is shown: the history, the tracker, notifications, and the watches on panes and
// dispatches.
import type { Services } from "./actions/services";
import { watchDispatches } from "./dispatch";
import { Notifications } from "./notifications";
import { PaneService, type ShownView } from "./panes/paneService";
import { setting } from "./settings";
import type { Disposable } from "./util/event";
import { DisposableStore } from "./util/disposableStore";

/** @param views those that show panes */
export function startFeatures(services: Services, views: readonly ShownView[]): Disposable {
  const { session, attention, panes, activities, tracker, history, log } = services;
  const disposables = new DisposableStore();
  disposables.add(new Notifications(services, attention, () => setting("notifications")));
  disposables.add(new PaneService({ session, attention, panes, views, log }));
  disposables.add(watchDispatches({ session, attention, activities, log }));
  const followBeads = (): void => {
    if (session.snapshot?.hasRowsInFlight === true) tracker.preload();
  };
  disposables.add(session.onDidChange(followBeads));
  followBeads();
  history.preload();
  return disposables;
}
