// A picture for each status. The description says the status in words: no information is in shape or colour alone.

export interface StatusIcon {
  /** A codicon. */
  readonly icon: string;
  /** A theme colour. */
  readonly color: string;
}

const icons: Readonly<Partial<Record<string, StatusIcon>>> = {
  failed: { icon: "error", color: "list.errorForeground" },
  working: { icon: "play-circle", color: "charts.blue" },
  assigned: { icon: "circle-large-outline", color: "charts.yellow" },
  claimed: { icon: "bookmark", color: "charts.purple" },
  claiming: { icon: "ellipsis", color: "charts.purple" },
  completed: { icon: "pass", color: "charts.green" },
  reassigned: { icon: "arrow-swap", color: "disabledForeground" },
};

const unknownStatus: StatusIcon = { icon: "question", color: "list.warningForeground" };

export function statusIcon(status: string): StatusIcon {
  return (Object.hasOwn(icons, status) ? icons[status] : undefined) ?? unknownStatus;
}
