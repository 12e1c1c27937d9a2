// The cost of asking tmux, and of joining its answer with a ledger.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { hookCommand } from "../../src/agents/hooks";
import { loadStore } from "../../src/assignment";
import { SessionSnapshot } from "../../src/session/sessionSnapshot";
import { joinPanes } from "../../src/tmux/joinPanes";
import { paneFormat, parsePanes } from "../../src/tmux/paneFormat";
import { listPanes } from "../../src/tmux/paneList";
import { nothingKnown } from "../../src/tmux/paneLifecycle";
import { PaneWatch } from "../../src/tmux/paneWatch";
import { nextObservation, type PaneObservation } from "../../src/tmux/paneObservation";
import { eventually } from "../support/eventually";
import { noOptions, saying, tmuxPane } from "../support/tmuxPanes";
import { TmuxServer } from "../support/tmux/server";
import { ledgerOf, putLedger } from "./ledgers";
import { lineOf, type Line } from "./line";
import { measure } from "./measure";

const paneCount = 40;
const session = "bench";

/** Joining forty live panes with a ledger. @param session isn't in the storage yet */
export async function measureJoin(storage: string, session: string, rows: number): Promise<readonly Line[]> {
  putLedger(storage, session, ledgerOf(session, rows));
  const store = await loadStore(session, { storageDir: storage });
  const { panes } = SessionSnapshot.of(store, undefined);
  const shown = { sessionName: session, panes };
  // Before the first row was assigned, so that all of them are of this run.
  const sessionCreated = Date.UTC(2026, 0, 1);
  const at = Date.UTC(2026, 5, 1);
  const listed = (activity: string) =>
    Array.from({ length: paneCount }, (_, number) =>
      tmuxPane(number, { sessionName: session, sessionCreated, ...saying(`${activity} -`, at - 60_000) }),
    );
  const look = (before: PaneObservation | undefined, activity: string): PaneObservation =>
    nextObservation(before, { at: (before?.at ?? at) + 3000, panes: listed(activity), hasChild: new Map() });
  const first = look(undefined, "working");
  const second = look(first, "waiting");
  const known = joinPanes(shown, first, nothingKnown);
  const panesOfTmux = listed("working");
  let anew = panes;
  const own = await measure({
    "join, first look": {
      // Caches are keyed by the array of rows.
      before: () => (anew = panes.map((pane) => ({ ...pane, rows: [...pane.rows] }))),
      run: () => joinPanes({ ...shown, panes: anew }, first, nothingKnown),
    },
    "join, every pane changed": () => joinPanes(shown, second, known),
    "join, nothing changed": () => joinPanes(shown, first, known),
    "look, nothing changed": () => nextObservation(first, { at: at + 6000, panes: panesOfTmux, hasChild: new Map() }),
  });
  return Object.entries(own).map(([name, value]) => lineOf(name, value));
}

/** Reading what tmux prints of forty panes. */
export async function measureParse(): Promise<readonly Line[]> {
  const marker = "0123456789abcdef01234567";
  const values: Readonly<Record<string, string>> = {
    ...noOptions,
    session_created: "1795645948",
    window_id: "@3",
    window_index: "1",
    pane_id: "%12",
    pane_index: "2",
    pane_pid: "4711",
    pid: "815",
    pane_dead: "0",
    session_name: session,
    pane_title: "✳ Fix the parser",
  };
  const line = paneFormat(marker).replace(/#\{(?:=\d+:)?([@\w]+)\}/g, (_, name: string) => values[name] ?? "");
  const output = `${line}\n`.repeat(paneCount);
  if (parsePanes(output, marker)?.length !== paneCount) throw new Error("the panes can't be read");
  const { parse } = await measure({ parse: () => parsePanes(output, marker) });
  return [lineOf("parse 40 panes", parse)];
}

/** Asking a real tmux for forty panes: the time until the answer, and the part of it that keeps the thread busy. */
export async function measureAsking(): Promise<readonly Line[]> {
  const server = new TmuxServer();
  try {
    server.newSession(session, { command: "exec sleep 3600" });
    for (let pane = 1; pane < paneCount; pane++)
      server.run("new-window", "-d", "-t", `=${session}:`, "exec sleep 3600");
    await eventually(async () => {
      const list = await listPanes({ env: server.environment });
      if (list.kind !== "panes" || list.panes.length !== paneCount) throw new Error("not all panes are there");
    });
    const { ask } = await measure({ ask: () => listPanes({ env: server.environment }) });
    const busy: number[] = [];
    for (let look = 0; look < 50; look++) {
      const before = performance.eventLoopUtilization();
      await listPanes({ env: server.environment });
      busy.push(performance.eventLoopUtilization(before).active);
    }
    busy.sort((a, b) => a - b);
    const median = busy[Math.floor(busy.length / 2)] ?? NaN;
    return [
      lineOf("ask tmux", ask),
      { name: "ask tmux, the thread's part", unit: "ms", value: median },
      { name: "processes per look", unit: "count", value: await processesOfLook(server) },
    ];
  } finally {
    server.stop();
  }
}

/** The time that a hook takes from the agent, besides the shell that the agent starts for it. */
export async function measureHook(): Promise<readonly Line[]> {
  const server = new TmuxServer();
  try {
    const pane = server.newSession(session, { command: "exec sleep 3600" });
    const inPane = {
      ...server.environment,
      TMUX: `${server.run("display-message", "-p", "#{socket_path}").trim()},1,0`,
      TMUX_PANE: pane,
    };
    const shell = (command: string): void => {
      execFileSync("/bin/sh", ["-c", command], { env: inPane, stdio: ["pipe", "ignore", "ignore"] });
    };
    const { hook, plain } = await measure({
      hook: () => {
        shell(hookCommand({ state: "working", reason: "-", time: "kept" }));
      },
      plain: () => {
        shell(":");
      },
    });
    return [lineOf("hook of an agent", hook), lineOf("hook that does nothing", plain)];
  } finally {
    server.stop();
  }
}

/** How often one look starts tmux, counted by a script that replaces it. */
async function processesOfLook(server: TmuxServer): Promise<number> {
  const program = path.join(server.env.TMUX_TMPDIR, "counted-tmux");
  const started = path.join(server.env.TMUX_TMPDIR, "started");
  fs.writeFileSync(program, `#!/bin/sh\necho >> '${started}'\nexec tmux "$@"\n`, { mode: 0o755 });
  const watch = new PaneWatch({
    list: (signal) => listPanes({ program, env: server.environment, signal }),
    wait: () => Promise.resolve("failed"),
    isEnabled: () => true,
    isFocused: () => true,
    isVisible: () => false,
    shownSession: () => ({ sessionName: session, panes: [] }),
    log: console,
  });
  try {
    await watch.refresh();
    if (watch.current.panes.length !== paneCount) throw new Error("the look didn't see the panes");
    return fs.readFileSync(started, "utf8").length;
  } finally {
    watch.dispose();
  }
}
