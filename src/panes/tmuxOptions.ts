// How tmux is run here, by the settings.
import type { TmuxOptions } from "../tmux";
import { programPath } from "../settings";

export function tmuxOptions(): TmuxOptions {
  return { program: programPath("tmux") };
}
