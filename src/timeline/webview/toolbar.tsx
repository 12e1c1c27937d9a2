// The buttons over the timeline.
import type { VNode } from "preact";
import type { TimelineStrings } from "../strings";
import { Icon, type IconName } from "./icons";

export interface ToolbarHandlers {
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly showAll: () => void;
  readonly toggleTable: () => void;
  readonly saveSvg: () => void;
  readonly exportCsv: () => void;
}

export interface ToolbarProperties {
  readonly strings: TimelineStrings;
  readonly actions: ToolbarHandlers;
  readonly isTable: boolean;
  readonly isEmpty: boolean;
}

export function Toolbar({ strings, actions, isTable, isEmpty }: ToolbarProperties): VNode {
  const isStill = isTable || isEmpty;
  return (
    <div class="toolbar" role="toolbar" aria-label={strings.toolbar}>
      <Button icon="zoomIn" title={strings.zoomIn} run={actions.zoomIn} isDisabled={isStill} />
      <Button icon="zoomOut" title={strings.zoomOut} run={actions.zoomOut} isDisabled={isStill} />
      <Button icon="showAll" title={strings.showAll} run={actions.showAll} isDisabled={isStill} />
      <span class="separator" />
      <Button
        icon={isTable ? "chart" : "table"}
        title={isTable ? strings.showChart : strings.showTable}
        run={actions.toggleTable}
        isDisabled={isEmpty}
      />
      <span class="separator" />
      <Button icon="image" title={strings.saveSvg} run={actions.saveSvg} isDisabled={isStill} />
      <Button icon="csv" title={strings.exportCsv} run={actions.exportCsv} isDisabled={isEmpty} />
    </div>
  );
}

interface ButtonProperties {
  readonly icon: IconName;
  readonly title: string;
  readonly run: () => void;
  readonly isDisabled?: boolean;
}

export function Button({ icon, title, run, isDisabled = false }: ButtonProperties): VNode {
  return (
    <button type="button" class="action" title={title} aria-label={title} onClick={run} disabled={isDisabled}>
      <Icon name={icon} />
    </button>
  );
}
