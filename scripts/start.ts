// npm start [-- --demo]: opens a real VS Code with the extension in it, on this machine's own ledgers, or, with --demo or when
// there are none, on a temporary home in which a small swarm is at work. Ends with Ctrl+C and leaves nothing behind.
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
import { VSCodeServer } from "../test/support/vscode/server";
import { desktopProgram, openDesktop } from "./desktop";

/** About how often each agent of the demo does something. */
const paceMs = 4_000;

interface Scene {
  readonly home: string;
  /** The folder to open; without one the session that was saved last is the active one. */
  readonly folder?: string;
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

/** A server that is there until this process ends. */
async function serve({ home, folder }: Scene): Promise<void> {
  const server = await VSCodeServer.start({ release: releases.newest, home, extensions: [projectRoot] });
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
  await Swarm.start(new Home(home), paceMs);
  const agents = swarmSessions.flatMap((session) => session.agents).length;
  console.log(`This is a demo: ${agents} processes play agents of ${swarmSessions.length} sessions in ${home}.`);
  return { home, folder };
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
