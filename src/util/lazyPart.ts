// A part of the extension that is created on first use, usually with an import of its file, and disposed of with its owner.
import type { Log } from "../log";
import type { Disposable } from "./event";

export class LazyPart<T extends Disposable> implements Disposable {
  private loading: Promise<T> | undefined;
  private part: T | undefined;
  private isDisposed = false;

  constructor(
    private readonly log: Pick<Log, "error">,
    private readonly create: () => Promise<T>,
  ) {}

  /** The part, once it was created. */
  get loaded(): T | undefined {
    return this.part;
  }

  /** Creates the part with the first call. After an error, which rejects all calls so far, the next call tries again. */
  load(): Promise<T> {
    return (this.loading ??= this.loadNow());
  }

  /** Loads without waiting; an error is logged. */
  preload(): void {
    this.load().catch((error: unknown) => {
      this.log.error(error instanceof Error ? error : String(error));
    });
  }

  dispose(): void {
    this.isDisposed = true;
    this.part?.dispose();
  }

  private async loadNow(): Promise<T> {
    try {
      const part = await this.create();
      if (this.isDisposed) part.dispose();
      return (this.part = part);
    } catch (error) {
      this.loading = undefined;
      throw error;
    }
  }
}
