// npm start [-- --demo]: opens a real VS Code with the extension, on this machine's ledgers. With --demo, or without ledgers, on a
// temporary home folder with a small swarm, in a tmux server of its own if tmux is installed. Ctrl+C ends it and removes everything.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { isValidSessionName, storageDir } from "../src/assignment";
import { Home } from "../test/support/home";
import { endWhenOrphaned } from "../test/support/orphan";
import { projectRoot } from "../test/support/project";
import { releases } from "../test/support/vscode/releases";
import { swarmSessions } from "../test/support/swarm/plan";
import { Swarm } from "../test/support/swarm/swarm";
import { TempFolder } from "../test/support/tempFolder";
import { hasTmux, TmuxServer } from "../test/support/tmux/server";
import { VSCodeServer } from "../test/support/vscode/server";
import { desktopProgram, openDesktop } from "./desktop";

/** About how often each agent of the demo does something. */
const paceMs = 4_000;

interface Scene {
  readonly home: string;
  /** The folder to open; without one the session that was saved last is the active one. */
  readonly folder?: string;
  /** What the editor needs to find the tmux of the scene. */
  readonly env?: Readonly<Record<string, string>>;
}

async function main(): Promise<void> {
  endWhenOrphaned();
  const { values } = parseArgs({ options: { demo: { type: "boolean", default: false } } });
  const scene = values.demo || ownSessions().length === 0 ? await demo() : own();
  const program = desktopProgram();
  console.log("Ctrl+C ends it.");
  if (program === undefined) {
    await serve(scene);
  } else {
    await openDesktop(program, { extension: projectRoot, ...scene });
    process.exit();
  }
}

/** A server that runs until this process ends. */
async function serve({ home, folder, env = {} }: Scene): Promise<void> {
  const server = await VSCodeServer.start({ release: releases.newest, home, env, extensions: [projectRoot] });
  const address = server.url(folder === undefined ? {} : { folder });
  console.log(`VS Code is at this address, which works on this machine alone:\n\n  ${address}\n`);
}

function ownSessions(): readonly string[] {
  const folder = storageDir();
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).filter((name) => isValidSessionName(name));
}

function own(): Scene {
  console.log(`These are this machine's own ledgers, in ${storageDir()}.`);
  return { home: os.homedir() };
}

async function demo(): Promise<Scene> {
  const home = new TempFolder("demo").path;
  const [main] = swarmSessions;
  const folder = path.join(home, "projects", main?.name ?? "");
  fs.mkdirSync(folder, { recursive: true });
  const tmux = hasTmux() ? new TmuxServer({ home }) : undefined;
  await Swarm.start(new Home(home), paceMs, tmux);
  const agents = swarmSessions.flatMap((session) => session.agents).length;
  console.log(`This is a demo: ${agents} processes play agents of ${swarmSessions.length} sessions in ${home}.`);
  if (tmux === undefined) return { home, folder };
  console.log(`They are in tmux: TMUX_TMPDIR=${tmux.env.TMUX_TMPDIR} TMUX= tmux attach -t ${main?.name ?? ""}`);
  return { home, folder, env: tmux.env };
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
