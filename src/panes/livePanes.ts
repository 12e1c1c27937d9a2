// The state of the active session's panes, for all views. The code that asks tmux is loaded after activation and sets it here.
import { Emitter, type Disposable } from "../util/event";
import { noKnownPanes, type KnownPanes } from "./knownPanes";

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
