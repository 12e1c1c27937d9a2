// The panes of any session as they live, for pickers: of the shown session from all looks so far, of others from one.
import type { SessionSnapshot } from "../session/sessionSnapshot";
import { listPanes, type PaneLives } from "../tmux";
import { joinPanes } from "../tmux/joinPanes";
import { nothingKnown } from "../tmux/paneLives";
import { nextLook } from "../tmux/paneLook";
import type { LivePanes } from "./livePanes";
import { tmuxOptions } from "./tmuxOptions";

/** `undefined`: tmux doesn't have the session, or tells nothing. */
export async function livesOfSession(
  panes: LivePanes,
  sessionName: string,
  snapshot: SessionSnapshot | undefined,
): Promise<PaneLives | undefined> {
  await panes.refresh();
  const { lives } = panes.current;
  if (lives?.sessionName === sessionName && lives.session === "live") return lives;
  const list = await listPanes(tmuxOptions());
  if (list.kind !== "panes") return undefined;
  const look = nextLook(undefined, { at: Date.now(), panes: list.panes, hasChild: new Map() });
  const shown = { sessionName, panes: snapshot?.sessionName === sessionName ? snapshot.panes : [] };
  const found = joinPanes(shown, look, nothingKnown);
  return found.session === "live" ? found : undefined;
}
