// A pane with a stand-in agent in it, titled as ntm titles panes.
import * as net from "node:net";
import * as path from "node:path";
import { eventually } from "../eventually";
import { projectRoot } from "../project";
import type { TmuxServer } from "../tmux/server";

/**
 * What is in the pane besides the agent:
 * - `shell`: the agent was typed into a shell, as ntm does it, and leaves it behind
 * - `script`: a shell script runs the agent as its child
 * - `nothing`: the pane ends with the agent
 */
export type AgentHost = "shell" | "script" | "nothing";

export interface AgentOptions {
  readonly session: string;
  /** As in ntm's titles: `cc_1`, `cod_1`, `gmi_1`. */
  readonly name: string;
  readonly host?: AgentHost;
  /** Whether it says through its hooks what it does. */
  readonly hooks?: boolean;
  readonly workMs?: number;
}

const program = path.join(projectRoot, "out/test/support/agents/standIn.js");
let count = 0;

export class AgentPane {
  private constructor(
    readonly paneId: string,
    /** `session__type_n`. */
    readonly title: string,
    readonly index: number,
    readonly window: number,
    readonly pid: number,
    private readonly socket: string,
  ) {}

  /** Starts the agent, in a session of its own or in a new pane of one that is there, and waits until it listens. */
  static async start(tmux: TmuxServer, options: AgentOptions): Promise<AgentPane> {
    const { session, name, host = "shell", hooks = false, workMs = 3000 } = options;
    const title = `${session}__${name}`;
    const socket = path.join(tmux.env.TMUX_TMPDIR, `agent-${process.pid}-${++count}`);
    const agent = [process.execPath, program, "--socket", socket, "--work-ms", String(workMs)];
    if (hooks) agent.push("--hooks");
    if (name.startsWith("cod")) agent.push("--composer", "›");
    const command = commandLine(agent.map((argument) => `'${argument}'`).join(" "), host);
    const last = tmux.hasSession(session) ? tmux.panes(session).at(-1) : undefined;
    const paneId =
      last === undefined ? tmux.newSession(session, { title, command }) : tmux.splitPane(last.id, { title, command });
    const pane = tmux.pane(session, paneId);
    if (pane === undefined) throw new Error(`The agent ${title} ended at once.`);
    const started = new AgentPane(paneId, title, pane.index, pane.window, pane.pid, socket);
    await eventually(() => started.tell("finish"));
    return started;
  }

  /** One of the commands in standIn.ts. @throws {Error} when the agent is gone */
  async tell(command: string): Promise<void> {
    const answer = await new Promise<string>((resolve, reject) => {
      let text = "";
      const connection = net.connect(this.socket, () => connection.write(`${command}\n`));
      connection.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      connection.once("error", reject).once("close", () => {
        resolve(text);
      });
    });
    if (answer !== "ok\n") throw new Error(`${this.title}, told to ${command}: ${answer}`);
  }
}

function commandLine(agent: string, host: AgentHost): string {
  switch (host) {
    // -m: with job control the agent is the pane's foreground, as when it was typed.
    case "shell":
      return `exec sh -mc "${agent}; exec sh -i"`;
    case "script":
      return `exec sh -c "${agent}; true"`;
    case "nothing":
      return `exec ${agent}`;
  }
}
