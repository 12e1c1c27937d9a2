// Many independent runs of real processes, as many at a time as the machine has use for.
import { availableParallelism } from "node:os";

/** Runs the work for every item; rejects with the first error once all that had begun has ended. */
export async function inParallel<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items[Symbol.iterator]();
  let failure: { readonly error: unknown } | undefined;
  const runner = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true && failure === undefined; next = queue.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, runner));
  if (failure !== undefined) throw failure.error;
}
