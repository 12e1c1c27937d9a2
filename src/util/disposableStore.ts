// Disposes of several resources together.
import type { Disposable } from "./event";

export class DisposableStore implements Disposable {
  private readonly held = new Set<Disposable>();
  private isDisposed = false;

  /** Adds a disposable. After `dispose` it is disposed of at once, so that resources created late don't leak. */
  add<T extends Disposable>(disposable: T): T {
    if (this.isDisposed) disposable.dispose();
    else this.held.add(disposable);
    return disposable;
  }

  /** In reverse order, because later resources may use earlier ones. */
  dispose(): void {
    this.isDisposed = true;
    const held = [...this.held].reverse();
    this.held.clear();
    for (const disposable of held) disposable.dispose();
  }
}
