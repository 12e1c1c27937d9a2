// Ledgers name one kind of agent in several ways (`cc`, `claude`, `claude-code`). Views group and draw them under one.

interface KnownAgent {
  /** The long name that ntm's own commands write. */
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

/** The types that views know by name and picture. */
export const knownAgentTypes: readonly string[] = knownAgents.map(({ type }) => type);

/** The long name of a type; a plugin's own type stays as it is written. */
export function canonicalAgentType(agentType: string): string {
  const written = agentType.trim();
  return byAlias.get(written.toLowerCase())?.type ?? written;
}

/** What people call it, or `undefined` for a type that isn't known. */
export function agentProductName(agentType: string): string | undefined {
  return byAlias.get(agentType.trim().toLowerCase())?.name;
}
