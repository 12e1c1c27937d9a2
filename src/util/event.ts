// Events without the editor: the same shape as `vscode.Event`, so that what is built on them runs in plain Node.

/** Something that holds on to a resource until it is told to let go. */
export interface Disposable {
  dispose(): void;
}

export type Event<T> = (listener: (value: T) => void) => Disposable;

export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // A wrapper of its own per subscription: the same function may listen twice, and stop once.
    const subscription = (value: T): void => {
      listener(value);
    };
    this.listeners.add(subscription);
    return { dispose: () => this.listeners.delete(subscription) };
  };

  /** Calls every listener. What one of them throws doesn't keep the others from hearing, and is reported as uncaught. */
  fire(value: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}
