// What tmux tells of panes: asked, never attached to.
export { endWaiting, setWaiting, setWorking, stateOption } from "./agentOptions";
export { attachArguments, selectPane, type PaneAddress } from "./attach";
export type { AgentActivity, AgentState } from "./agentState";
export { capturePane } from "./capture";
export type { ShownSession } from "./joinPanes";
export type { LedgerPane } from "./ledgerPane";
export { listPanes, type PaneList } from "./paneList";
export { isFree, nothingKnown, type LivePane, type PaneLife, type PaneLives, type SessionLife } from "./paneLives";
export { PaneWatch, type PaneWatchOptions } from "./paneWatch";
export { TmuxError, type TmuxFailure, type TmuxOptions } from "./program";
