// A session that ntm can work on: a ledger, a stand-in for ntm, a project folder, and panes in a tmux of the test's own.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { NtmStandIn } from "../support/ntm/control";
import { row } from "../support/foreignSave";
import { TempFolder } from "../support/tempFolder";
import { hasTmux, TmuxServer } from "../support/tmux/server";
import type { LedgerStage } from "./ledgerStage";

export class NtmStage {
  readonly ntm: NtmStandIn;
  readonly project = new TempFolder("project");
  readonly tmux = new TmuxServer();
  /** The panes of the session, as `%N`. */
  readonly panes: string[] = [];
  private readonly before = { PATH: process.env["PATH"], TMUX_TMPDIR: process.env["TMUX_TMPDIR"] };
  private readonly manifests = path.join(os.homedir(), ".local/share/ntm/manifests");

  constructor() {
    for (const name of ["ntm-stand-in.json", "ntm-stand-in-calls.jsonl"]) {
      fs.rmSync(path.join(os.homedir(), name), { force: true });
    }
    this.ntm = new NtmStandIn(os.homedir());
    process.env["PATH"] = `${this.ntm.bin}${path.delimiter}${this.before.PATH ?? ""}`;
    process.env["TMUX_TMPDIR"] = this.tmux.env.TMUX_TMPDIR;
  }

  static get isPossible(): boolean {
    return hasTmux();
  }

  /** Starts the session of a ledger, with two panes. */
  live({ sessionName }: LedgerStage): void {
    const first = this.tmux.newSession(sessionName, { command: "echo ready; exec cat", title: `${sessionName}__cc_1` });
    const second = this.tmux.splitPane(first, { command: "exec cat", title: `${sessionName}__cod_1` });
    this.panes.push(first, second);
    fs.mkdirSync(this.manifests, { recursive: true });
    fs.writeFileSync(
      path.join(this.manifests, `${sessionName}.json`),
      JSON.stringify({ project_dir: this.project.path, agents: [{ command: "TOKEN=secret" }] }),
    );
  }

  /** The steps that ntm was asked for. */
  get steps(): readonly string[] {
    return this.ntm.calls.filter(({ args }) => args[0] === "assign").map(({ args }) => args.join(" "));
  }

  remove(): void {
    for (const [name, value] of Object.entries(this.before)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    fs.rmSync(this.manifests, { recursive: true, force: true });
    this.tmux.stop();
    this.project.remove();
  }
}

const placed = { occupancy_key: "%0", dispatch_target: "%0", pane: 0 };

/** A row that ntm claimed and sent. */
export function claimedRow(beadId: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  const claim = { idempotency_key: `key-${beadId}`, claim_actor: `actor-${beadId}`, claim_state: "claimed" };
  return row(beadId, { ...placed, ...claim, dispatch_state: "sent", prompt_sent: `Work on ${beadId}`, ...fields });
}

/** A row whose dispatch ntm never finished. */
export function sendingRow(beadId: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  const { prompt_sent: prompt, ...claimed } = claimedRow(beadId);
  // The session is started after the row is made, and its panes must count as those that were sent to.
  const startedAt = new Date(Date.now() + 2000).toISOString();
  const dispatch = { dispatch_state: "sending", dispatch_started_at: startedAt, dispatch_attempts: 1 };
  return { ...claimed, status: "claimed", pending_prompt: prompt, ...dispatch, ...fields };
}
