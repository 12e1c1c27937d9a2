// A swarm of the real ntm and the real tracker: a project with beads, and a session with agents that stand in for Claude Code and Codex CLI.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../support/project";
import { pathVariable } from "../support/tiers/live";

export interface Bead {
  readonly id: string;
  readonly title: string;
}

const standIn = path.join(projectRoot, "out/test/support/agents/standIn.js");
/** Starting a session types a greeting into each agent. */
const spawnTimeoutMs = 60_000;

/** Those of these programs that this machine hasn't on its path. */
export function missingPrograms(...names: readonly string[]): readonly string[] {
  const folders = searchPath().split(path.delimiter);
  return names.filter((name) => !folders.some((folder) => fs.existsSync(path.join(folder, name))));
}

export function searchPath(): string {
  return process.env[pathVariable] ?? process.env["PATH"] ?? "";
}

export class RealSwarm {
  readonly session = "atlas";
  private readonly projects: string;
  private readonly pathBefore = process.env["PATH"];

  /** @param home the home folder of this process, in which ntm keeps all it knows */
  constructor(private readonly home: string) {
    this.projects = path.join(home, "projects");
  }

  /** Starts the session: two agents that read prompts, and one that is a shell, to which ntm can deliver nothing. */
  start(titles: readonly string[]): void {
    process.env["PATH"] = searchPath();
    fs.mkdirSync(this.folder, { recursive: true });
    const claude = this.script("claude.sh", `exec '${process.execPath}' '${standIn}' --work-ms 1000`);
    const shell = `printf 'hello\\n\\n✻ Cooked for 1s\\n\\n› '\nwhile read -r line; do printf '\\n› '; done`;
    const configuration = path.join(this.home, ".config/ntm/config.toml");
    fs.mkdirSync(path.dirname(configuration), { recursive: true });
    const lines = [
      `projects_base = "${this.projects}"`,
      "[agents]",
      `claude = "${claude}"`,
      `codex = "${this.script("codex.sh", shell)}"`,
      "[agent_mail]",
      "enabled = false",
    ];
    fs.writeFileSync(configuration, `${lines.join("\n")}\n`);
    this.run("git", "init", "-q", ".");
    this.run("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "--allow-empty", "-m", "x");
    this.run("br", "init");
    for (const title of titles) this.run("br", "create", title);
    this.run("ntm", "spawn", this.session, "--cc=2", "--cod=1");
  }

  /** The beads that can be started, as the tracker lists them. */
  readyBeads(): readonly Bead[] {
    return JSON.parse(this.run("br", "ready", "--json", "--limit", "0")) as readonly Bead[];
  }

  /** Makes a bead in the tracker. @returns its ID */
  create(title: string): string {
    this.run("br", "create", title);
    const bead = this.readyBeads().find((candidate) => candidate.title === title);
    if (bead === undefined) throw new Error(`“${title}” isn't ready.`);
    return bead.id;
  }

  /** What the tracker says of a bead. */
  statusOf(beadId: string): string | undefined {
    const shown = JSON.parse(this.run("br", "show", beadId, "--json")) as readonly { readonly status: string }[];
    return shown[0]?.status;
  }

  /** The tracker's file. */
  get issuesFile(): string {
    return path.join(this.folder, ".beads", "issues.jsonl");
  }

  /** The beads in the tracker's database, which nothing is imported into. */
  databaseBeads(): string {
    return this.run("br", "list", "--all", "--json", "--limit", "0", "--no-auto-import", "--no-auto-flush");
  }

  /** Has ntm assign a bead without the extension. */
  assign(beadId: string, paneId: string): void {
    this.run("ntm", "assign", this.session, `--pane=${paneId}`, `--beads=${beadId}`, "--reserve-files=false", "--json");
  }

  /** Removes what was put into the home folder; the session is the tmux server's. */
  remove(): void {
    process.env["PATH"] = this.pathBefore;
    for (const name of ["projects", ".config/ntm", ".local/share/ntm", ".ntm"]) {
      fs.rmSync(path.join(this.home, name), { recursive: true, force: true });
    }
  }

  private get folder(): string {
    return path.join(this.projects, this.session);
  }

  private script(name: string, body: string): string {
    const file = path.join(this.projects, name);
    fs.writeFileSync(file, `#!/bin/bash\n${body}\n`, { mode: 0o755 });
    return file;
  }

  private run(program: string, ...args: readonly string[]): string {
    return execFileSync(program, args, {
      cwd: this.folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: spawnTimeoutMs,
    });
  }
}
