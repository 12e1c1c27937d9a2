// A session's project with a tracker that a test made up: ntm's manifest names the folder, and a stand-in answers as `br`.
import * as fs from "node:fs";
import * as path from "node:path";
import { printing, StandInBr } from "./standInBr";
import { TempFolder } from "./tempFolder";

export type TrackedBead = Readonly<Record<string, unknown>> & { readonly id: string };

export class TrackedProject {
  readonly br: StandInBr;
  private readonly root = new TempFolder("project");
  private readonly manifest: string;

  /** @param homeFolder whose ntm data names the project */
  constructor(homeFolder: string, sessionName: string) {
    this.br = new StandInBr(this.root.path);
    fs.mkdirSync(this.beadsFolder, { recursive: true });
    this.manifest = path.join(homeFolder, ".local/share/ntm/manifests", `${sessionName}.json`);
    fs.mkdirSync(path.dirname(this.manifest), { recursive: true });
    fs.writeFileSync(this.manifest, JSON.stringify({ session: sessionName, project_dir: this.folder }));
  }

  get folder(): string {
    return path.join(this.root.path, "project");
  }

  get beadsFolder(): string {
    return path.join(this.folder, ".beads");
  }

  /** Makes the stand-in list these beads as ready, and writes the tracker's file, as `br` does after a change. */
  says({ ready = [], issues = ready }: { ready?: readonly TrackedBead[]; issues?: readonly TrackedBead[] }): void {
    this.br.does(printing(ready));
    this.write(issues);
  }

  write(issues: readonly TrackedBead[]): void {
    const file = path.join(this.beadsFolder, "issues.jsonl");
    fs.writeFileSync(`${file}.tmp`, issues.map((issue) => `${JSON.stringify(issue)}\n`).join(""));
    fs.renameSync(`${file}.tmp`, file);
  }

  remove(): void {
    fs.rmSync(this.manifest, { force: true });
    this.root.remove();
  }
}
