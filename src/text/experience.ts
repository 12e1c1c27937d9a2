// Why a row counts as stuck, where that follows from experience.
import { l10n } from "vscode";
import type { Problem } from "../attention/signal";
import { agentProductName } from "../session/agentType";
import { sanitize } from "./sanitize";

/** Such as `stuck: 90 % of 42 completed beads of Codex CLI took less than 38 min`; `undefined` without experience. */
export function experienceWords({ experience }: Problem): string | undefined {
  if (experience === undefined) return undefined;
  const { agentType, usualMinutes, beads } = experience;
  const agent = agentProductName(agentType) ?? sanitize(agentType, 40);
  return l10n.t("stuck: 90 % of {0} completed beads of {1} took less than {2} min", beads, agent, usualMinutes);
}
