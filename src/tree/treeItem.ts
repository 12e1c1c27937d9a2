// A face as the editor wants it.
import * as vscode from "vscode";
import type { Face } from "./face";

export function treeItem(
  id: string,
  face: Face,
  collapsibleState: vscode.TreeItemCollapsibleState,
  extensionUri: vscode.Uri,
): vscode.TreeItem {
  const item = new vscode.TreeItem(face.label, collapsibleState);
  item.id = id;
  item.description = face.description;
  item.iconPath = iconPath(face, extensionUri);
  item.contextValue = face.contextValue;
  item.accessibilityInformation = { label: face.spoken };
  return item;
}

/** A codicon in a theme's colour, or a picture of our own in both brightnesses. */
function iconPath({ icon, color }: Face, extensionUri: vscode.Uri): NonNullable<vscode.TreeItem["iconPath"]> {
  if (!icon.startsWith("agent/")) {
    return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  }
  const media = vscode.Uri.joinPath(extensionUri, "media");
  return {
    light: vscode.Uri.joinPath(media, `${icon}-light.svg`),
    dark: vscode.Uri.joinPath(media, `${icon}-dark.svg`),
  };
}
