// The MIME type that VS Code uses for drags from a tree.

export function treeMimeType(viewId: string): string {
  return `application/vnd.code.tree.${viewId.toLowerCase()}`;
}
