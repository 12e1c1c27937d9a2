// What a node of a tree looks like, as plain data: two presentations that are equal need no repainting.

export interface TreeItemPresentation {
  readonly label: string;
  readonly description: string;
  /** A codicon, or `agent/<type>` for a picture of our own. */
  readonly icon: string;
  /** A theme colour. */
  readonly color: string | undefined;
  readonly contextValue: string;
  /** What a screen reader says in the place of label and description. */
  readonly accessibilityLabel: string;
}

export function isSamePresentation(a: TreeItemPresentation, b: TreeItemPresentation): boolean {
  return (
    a.label === b.label &&
    a.description === b.description &&
    a.icon === b.icon &&
    a.color === b.color &&
    a.contextValue === b.contextValue &&
    a.accessibilityLabel === b.accessibilityLabel
  );
}
