// The user's tree options, stored per workspace.
import type { Memento } from "vscode";
import { Emitter, type Disposable } from "../../util/event";
import { noFilter, type Filter } from "./filter";
import type { Grouping } from "../../nodes";
import type { TreeOptions } from "./beadsTree";

const groupingKey = "beads.grouping";
const filterKey = "beads.filter";

export class TreeOptionsMemento implements Disposable {
  private readonly changed = new Emitter<TreeOptions>();
  readonly onDidChange = this.changed.event;
  private current: TreeOptions;

  constructor(private readonly memento: Memento) {
    this.current = { grouping: grouping(memento.get(groupingKey)), filter: filter(memento.get(filterKey)) };
  }

  get options(): TreeOptions {
    return this.current;
  }

  async setGrouping(chosen: Grouping): Promise<void> {
    this.replace({ ...this.current, grouping: chosen });
    await this.memento.update(groupingKey, chosen);
  }

  /** Applies a filter that the user hasn't accepted yet. */
  preview(considered: Filter): void {
    this.replace({ ...this.current, filter: considered });
  }

  async setFilter(chosen: Filter): Promise<void> {
    this.replace({ ...this.current, filter: chosen });
    await this.memento.update(filterKey, chosen);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private replace(options: TreeOptions): void {
    this.current = options;
    this.changed.fire(options);
  }
}

/** The stored value may come from another version. */
function grouping(kept: unknown): Grouping {
  return kept === "status" || kept === "agent" || kept === "attention" ? kept : "pane";
}

function filter(kept: unknown): Filter {
  if (typeof kept !== "object" || kept === null) return noFilter;
  const { text, statuses, needsAttention } = kept as Partial<Record<keyof Filter, unknown>>;
  return {
    text: typeof text === "string" ? text : "",
    statuses: Array.isArray(statuses) ? statuses.filter((status) => typeof status === "string") : [],
    ...(needsAttention === true && { needsAttention }),
  };
}
