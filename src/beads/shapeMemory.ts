// How a person wants the tree, kept from window to window of a workspace.
import type { Memento } from "vscode";
import { Emitter, type Disposable } from "../util/event";
import { noFilter, type Filter } from "./filter";
import type { Grouping } from "./nodes";
import type { Shape } from "./tree";

const groupingKey = "beads.grouping";
const filterKey = "beads.filter";

export class ShapeMemory implements Disposable {
  private readonly changed = new Emitter<Shape>();
  readonly onDidChange = this.changed.event;
  private current: Shape;

  constructor(private readonly memento: Memento) {
    this.current = { grouping: grouping(memento.get(groupingKey)), filter: filter(memento.get(filterKey)) };
  }

  get shape(): Shape {
    return this.current;
  }

  async setGrouping(chosen: Grouping): Promise<void> {
    this.replace({ ...this.current, grouping: chosen });
    await this.memento.update(groupingKey, chosen);
  }

  /** Shows a filter that isn't decided on yet. */
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

  private replace(shape: Shape): void {
    this.current = shape;
    this.changed.fire(shape);
  }
}

/** What was kept may come from another version. */
function grouping(kept: unknown): Grouping {
  return kept === "status" || kept === "agent" ? kept : "pane";
}

function filter(kept: unknown): Filter {
  if (typeof kept !== "object" || kept === null) return noFilter;
  const { text, statuses } = kept as Partial<Record<keyof Filter, unknown>>;
  return {
    text: typeof text === "string" ? text : "",
    statuses: Array.isArray(statuses) ? statuses.filter((status) => typeof status === "string") : [],
  };
}
