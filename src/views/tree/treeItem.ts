// The tree item of a node as data: nodes with equal data needn't be refreshed.
import * as vscode from "vscode";

/** The theme colors of what needs the user: high contrast themes have these, too, unlike those of lists. */
export const errorColor = "problemsErrorIcon.foreground";
export const warningColor = "problemsWarningIcon.foreground";

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

export function treeItem(
  id: string,
  presentation: TreeItemPresentation,
  collapsibleState: vscode.TreeItemCollapsibleState,
  extensionUri: vscode.Uri,
): vscode.TreeItem {
  const item = new vscode.TreeItem(presentation.label, collapsibleState);
  item.id = id;
  item.description = presentation.description;
  item.iconPath = iconPath(presentation, extensionUri);
  item.contextValue = presentation.contextValue;
  item.accessibilityInformation = { label: presentation.accessibilityLabel };
  return item;
}

/** A codicon in a theme's colour, or a picture of our own in both brightnesses. */
function iconPath(
  { icon, color }: TreeItemPresentation,
  extensionUri: vscode.Uri,
): NonNullable<vscode.TreeItem["iconPath"]> {
  if (!icon.startsWith("agent/")) {
    return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  }
  const media = vscode.Uri.joinPath(extensionUri, "media");
  return {
    light: vscode.Uri.joinPath(media, `${icon}-light.svg`),
    dark: vscode.Uri.joinPath(media, `${icon}-dark.svg`),
  };
}

export function treeMimeType(viewId: string): string {
  return `application/vnd.code.tree.${viewId.toLowerCase()}`;
}
