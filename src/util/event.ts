// Events without the editor: the same shape as `vscode.Event`, so that code based on them runs in plain Node.

/** A resource that must be released. */
export interface Disposable {
  dispose(): void;
}

export type Event<T> = (listener: (value: T) => void) => Disposable;

export class Emitter<T> implements Disposable {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    // A wrapper per subscription: the same function may subscribe twice and unsubscribe once.
    const subscription = (value: T): void => {
      listener(value);
    };
    this.listeners.add(subscription);
    return { dispose: () => this.listeners.delete(subscription) };
  };

  /** Calls every listener. An exception of one doesn't affect the others, and is reported as uncaught. */
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
