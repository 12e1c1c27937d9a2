// Which nodes of the tree are expanded. The editor reports what the user toggles, and keeps the rest as first given; what
// was toggled is saved for the workspace, so that it is restored after a reload.
import type { Memento } from "vscode";
import { Emitter, type Disposable } from "../../util/event";

const key = "beads.expansion";
/** As many toggled nodes are kept, the latest ones. */
const keptNodes = 500;

export class Expansion implements Disposable {
  private readonly changed = new Emitter<undefined>();
  /** After nodes were toggled. */
  readonly onDidChange = this.changed.event;
  /** By node id: what the user chose. */
  private readonly toggled: Map<string, boolean>;
  /** By node id: what the editor was given for nodes that the user didn't toggle. */
  private readonly given = new Map<string, boolean>();

  constructor(private readonly memento: Memento) {
    this.toggled = new Map(entriesOf(memento.get(key)));
  }

  /** @param byDefault counts the first time that the node is asked for: the editor keeps what it was given then */
  isExpanded(id: string, byDefault: boolean): boolean {
    const chosen = this.toggled.get(id) ?? this.given.get(id);
    if (chosen !== undefined) return chosen;
    this.given.set(id, byDefault);
    return byDefault;
  }

  async set(id: string, isExpanded: boolean): Promise<void> {
    if (this.toggled.get(id) === isExpanded) return;
    this.toggled.delete(id);
    this.toggled.set(id, isExpanded);
    this.changed.fire(undefined);
    await this.save();
  }

  /** Called after the editor collapsed everything, for which it fires no event. */
  async collapseAll(): Promise<void> {
    for (const id of this.given.keys()) this.toggled.set(id, false);
    for (const id of this.toggled.keys()) this.toggled.set(id, false);
    this.changed.fire(undefined);
    await this.save();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async save(): Promise<void> {
    await this.memento.update(key, [...this.toggled].slice(-keptNodes));
  }
}

/** What was kept may come from another version. */
function entriesOf(kept: unknown): readonly (readonly [id: string, isExpanded: boolean])[] {
  if (!Array.isArray(kept)) return [];
  return kept.filter(
    (entry): entry is [string, boolean] =>
      Array.isArray(entry) && typeof entry[0] === "string" && typeof entry[1] === "boolean",
  );
}
