// The state of the active session's panes, for all views. Set by the pane service.
import type { PaneCondition } from "../../messages/panes";
import type { Pane } from "../../session/sessionPane";
import type { PaneLives } from "../../tmux";
import { Emitter, type Disposable } from "../../util/event";

export class LivePanes implements Disposable {
  private readonly changed = new Emitter<KnownPanes>();
  readonly onDidChange = this.changed.event;
  private known = noKnownPanes;
  private ask: (() => Promise<void>) | undefined;

  get current(): KnownPanes {
    return this.known;
  }

  /** Asks tmux now; resolves when the answer is shown. */
  async refresh(): Promise<void> {
    await this.ask?.();
  }

  /** @param ask asks tmux, and shows what it says */
  connect(ask: () => Promise<void>): void {
    this.ask = ask;
  }

  show(known: KnownPanes): void {
    if (known === this.known) return;
    this.known = known;
    this.changed.fire(known);
  }

  dispose(): void {
    this.changed.dispose();
  }
}

export interface PaneStatus {
  readonly condition: PaneCondition;
  /** Whether the user has to do something about the pane. */
  readonly isWarning: boolean;
  /** A few words. @param now milliseconds since 1970 */
  readonly mark: (now: number) => string;
  /** What it means and what to do about it; empty when the mark says it. */
  readonly advice: string;
}

export interface KnownPanes {
  /** `undefined`: nothing is known. */
  readonly lives: PaneLives | undefined;
  /** By identity, for the panes of which there is something to say. */
  readonly paneStatuses: ReadonlyMap<string, PaneStatus>;
  /** The panes of agents that no row names. */
  readonly withoutRows: readonly Pane[];
  /** Such as `4 agents: 2 working, 1 free, 1 exited`; empty when nothing is known. */
  readonly summary: string;
}

export const noKnownPanes: KnownPanes = { lives: undefined, paneStatuses: new Map(), withoutRows: [], summary: "" };
