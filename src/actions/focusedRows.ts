// What a key that was pressed in the Beads view is about: the row with the focus, or the selection that it is a part of.
import * as vscode from "vscode";
import type { CommandArguments } from "../contributions";
import type { BeadsNode } from "../nodes";
import { escapeIcons } from "../text";
import type { Services } from "./services";

/**
 * The arguments of a command that a key ran. A selection of several rows of which none has the focus may be out of sight: the user
 * is asked which is meant, by name.
 * @returns `undefined` if the user canceled
 */
export async function focusedRows(
  { view }: Pick<Services, "view">,
  focused: BeadsNode,
): Promise<CommandArguments["rows"] | undefined> {
  const { selection } = view;
  if (selection.some(({ id }) => id === focused.id)) return [focused, selection];
  const [first] = selection;
  if (selection.length < 2 || first === undefined) return [focused];
  const items: readonly (vscode.QuickPickItem & { readonly args: CommandArguments["rows"] })[] = [
    { label: nameOf(view, focused), description: vscode.l10n.t("has the focus"), args: [focused] },
    {
      label: vscode.l10n.t("{0} selected", selection.length),
      description:
        selection
          .slice(0, 5)
          .map((node) => nameOf(view, node))
          .join(", ") + (selection.length > 5 ? ", …" : ""),
      args: [first, selection],
    },
  ];
  const placeHolder = vscode.l10n.t("The focus isn't in the selection. Select what you mean.");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.args;
}

function nameOf(view: Services["view"], node: BeadsNode): string {
  return escapeIcons(node.kind === "row" ? node.beadId : view.provider.labelOf(node), 40);
}
