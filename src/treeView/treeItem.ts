// A presentation as a `vscode.TreeItem`.
import * as vscode from "vscode";
import type { TreeItemPresentation } from "./presentation";

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
