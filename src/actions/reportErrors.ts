// Shows and logs every error of a command.
import { inspect } from "node:util";
import { isLockMissing } from "../assignment";
import type { Services } from "./services";

/** Does the work; an error is shown to the user, and logged with its cause. */
export async function reportErrors(
  {
    session,
    view,
    log,
  }: Pick<Services, "session" | "log"> & {
    readonly view: Pick<Services["view"], "setReadOnly">;
  },
  work: () => void | PromiseLike<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    // The channel itself would omit the cause.
    log.error(inspect(error));
    if (isLockMissing(error)) view.setReadOnly(true);
    // Loaded with the first error.
    const { showError } = await import("./showError");
    showError(log, error, session.store?.health);
  }
}
