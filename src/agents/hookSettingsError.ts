// Why an agent's settings can't be changed. Nothing has been written then.

/**
 * - `unparsable`: the file is not JSON, not UTF-8, or larger or more deeply nested than any settings
 * - `unexpected-shape`: the hooks stand there in a way that the agent's documentation doesn't describe, or twice
 * - `not-a-file`: a directory, a pipe, or a link that leads nowhere
 * - `unreadable`, `unwritable`: the system refused
 * - `changed`: another program has changed the file since the preview
 */
export type HookSettingsProblem =
  "unparsable" | "unexpected-shape" | "not-a-file" | "unreadable" | "unwritable" | "changed";

export class HookSettingsError extends Error {
  override readonly name = "HookSettingsError";
  constructor(
    readonly problem: HookSettingsProblem,
    /** Technical, for the log. */
    readonly detail: string,
    /** Where a file is concerned. */
    readonly file?: string,
    options?: ErrorOptions,
  ) {
    super(`${file ?? "settings"}: ${problem}: ${detail}`, options);
  }
}
