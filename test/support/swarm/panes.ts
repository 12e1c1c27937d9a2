// The swarm's agents in panes of a real tmux, side by side with a shell for their user, as ntm opens a session.
import * as fs from "node:fs";
import * as path from "node:path";
import type { Home } from "../home";
import type { TmuxServer } from "../tmux/server";
import type { SwarmAgent, SwarmSession } from "./plan";

const titleTypes: Readonly<Record<string, string>> = { claude: "cc", codex: "cod", gemini: "gmi" };

/** Opens the sessions with a shell in each pane. @returns the plan with the places where the agents really are */
export function openPanes(tmux: TmuxServer, home: Home, sessions: readonly SwarmSession[]): readonly SwarmSession[] {
  return sessions.map((session) => {
    const spare = { name: "PaleRiver", type: "claude", pane: 2, paneId: "", part: "spare" } as const;
    const planned: readonly SwarmAgent[] = session === sessions[0] ? [...session.agents, spare] : session.agents;
    const cwd = path.join(home.path, "projects", session.name);
    fs.mkdirSync(cwd, { recursive: true });
    let last = tmux.newSession(session.name, { title: `${session.name}__user_0`, cwd });
    let taken = 0;
    const numbers = new Map<string, number>();
    const agents = planned.map((agent) => {
      // Indexes begin anew in every window.
      if (agent.pane <= taken) last = tmux.newWindow(session.name, { title: `${session.name}__user_1`, cwd });
      taken = agent.pane;
      const type = titleTypes[agent.type] ?? agent.type;
      const number = (numbers.get(type) ?? 0) + 1;
      numbers.set(type, number);
      last = tmux.splitPane(last, { title: `${session.name}__${type}_${number}`, cwd });
      return { ...agent, paneId: last, pane: Number(tmux.format(last, "pane_index")) };
    });
    return { ...session, agents };
  });
}

/** Runs an agent in its pane, and leaves a shell there when it ends. */
export function startInPane(tmux: TmuxServer, { paneId }: SwarmAgent, args: readonly string[]): void {
  const command = [process.execPath, ...args].map((argument) => `'${argument}'`).join(" ");
  tmux.respawnPane(paneId, `exec sh -mc "${command}; exec sh -i"`);
}
