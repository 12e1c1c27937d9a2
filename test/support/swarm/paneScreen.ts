// What an agent of the swarm shows in its pane, and tells tmux through its hooks.
import { spawn } from "node:child_process";
import { hookCommand, type HookWord } from "../../../src/agents/hooks";
import type { Assignment } from "../../../src/assignment";
import type { SwarmAgent } from "./plan";

export class PaneScreen {
  #shown: string | undefined;
  #isWorkShown = false;

  constructor(private readonly agent: SwarmAgent) {
    this.show(undefined, false);
  }

  /** @param row what the agent works on, if it does @param isAsking whether it may go on only once its user said so */
  show(row: Assignment | undefined, isAsking: boolean): void {
    const shown = JSON.stringify([row?.bead_id, row !== undefined && isAsking]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    if (this.#isWorkShown) process.stdout.write("\x1b[1A\r\x1b[K");
    this.#isWorkShown = row !== undefined;
    if (row === undefined) {
      process.stdout.write(`⏺ ${this.agent.name} is free.\n\n✻ Cooked for 3s\n\n${this.#composer} `);
      say({ state: "idle", reason: "-" });
    } else if (isAsking) {
      process.stdout.write(`⏺ ${row.bead_id}: Do you want to proceed? ❯ 1. Yes  2. No\n`);
      say({ state: "waiting", reason: "permission" });
    } else {
      process.stdout.write(`${row.bead_id}: ${row.bead_title}\n✶ Working… (3s · esc to interrupt)\n`);
      say({ state: "working", reason: "-" });
    }
  }

  get #composer(): string {
    return this.agent.type === "codex" ? "›" : "❯";
  }
}

function say(word: HookWord): void {
  const hook = spawn("sh", ["-c", hookCommand(word)], { stdio: ["pipe", "ignore", "ignore"] });
  hook.stdin.on("error", () => undefined).end("{}");
}
