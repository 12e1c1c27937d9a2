// Ledgers use several names for one type of agent (`cc`, `claude`, `claude-code`). Views use one canonical name.

interface KnownAgent {
  /** The long name, as ntm's commands write it. */
  readonly type: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

const knownAgents: readonly KnownAgent[] = [
  { type: "claude", name: "Claude Code", aliases: ["cc", "claude-code", "claude_code", "claudecode"] },
  { type: "codex", name: "Codex CLI", aliases: ["cod", "codex-cli", "codex_cli", "openai", "openai-codex"] },
  { type: "gemini", name: "Gemini CLI", aliases: ["gmi", "gemini-cli", "google", "google-gemini", "google-ai"] },
  { type: "antigravity", name: "Antigravity CLI", aliases: ["agy", "antigravity-cli", "google-antigravity"] },
  { type: "grok", name: "Grok Build", aliases: ["grok-build", "xai-grok-build"] },
  { type: "cursor", name: "Cursor", aliases: [] },
  { type: "windsurf", name: "Windsurf", aliases: ["ws"] },
  { type: "aider", name: "Aider", aliases: [] },
  { type: "oc", name: "Opencode", aliases: ["opencode"] },
  { type: "ollama", name: "Ollama", aliases: [] },
  { type: "user", name: "User", aliases: [] },
];

const byAlias: ReadonlyMap<string, KnownAgent> = new Map(
  knownAgents.flatMap((agent) => [agent.type, ...agent.aliases].map((alias) => [alias, agent] as const)),
);

/** The types for which the views have a name and an icon. */
export const knownAgentTypes: readonly string[] = knownAgents.map(({ type }) => type);

/** The long name of a type; the type of a plugin is returned unchanged. */
export function canonicalAgentType(agentType: string): string {
  const written = agentType.trim();
  return byAlias.get(written.toLowerCase())?.type ?? written;
}

/** The product name, or `undefined` for an unknown type. */
export function agentProductName(agentType: string): string | undefined {
  return byAlias.get(agentType.trim().toLowerCase())?.name;
}
