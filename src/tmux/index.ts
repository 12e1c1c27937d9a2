// Lists tmux panes and captures their output; never attaches to a session.
export { endWaiting, setWaiting, setWorking, stateOption } from "./agentState";
export { attachArguments, selectPane, type PaneAddress } from "./attach";
export type { AgentActivity, AgentState } from "./agentState";
export { capturePane } from "./capture";
export type { ShownSession } from "./joinPanes";
export type { LedgerPane } from "./joinPanes";
export { listPanes, type PaneList } from "./paneList";
export { isFree, nothingKnown, type LivePane, type PaneLife, type PaneLives, type SessionLife } from "./paneLifecycle";
export { PaneWatch, type PaneWatchOptions } from "./paneWatch";
export { TmuxError, type TmuxFailure, type TmuxOptions } from "./program";
export { waitForSignal } from "./signal";
