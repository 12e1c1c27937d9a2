// Holds what must be let go together.
import type { Disposable } from "./event";

export class DisposableStore implements Disposable {
  private readonly held = new Set<Disposable>();
  private isDisposed = false;

  /** Takes charge of it. After `dispose` it is disposed of at once: what was still being set up doesn't leak. */
  add<T extends Disposable>(disposable: T): T {
    if (this.isDisposed) disposable.dispose();
    else this.held.add(disposable);
    return disposable;
  }

  /** In the reverse order, because later things may use earlier ones. */
  dispose(): void {
    this.isDisposed = true;
    const held = [...this.held].reverse();
    this.held.clear();
    for (const disposable of held) disposable.dispose();
  }
}
