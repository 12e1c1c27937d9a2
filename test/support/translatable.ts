// Every string that the sources hand to `l10n.t`, found in their syntax.
import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { projectRoot } from "./project";

export interface Translatable {
  readonly message: string;
  /** The file and the line. */
  readonly place: string;
}

/** @throws {Error} for a call whose message isn't a plain literal, which no bundle could hold */
export function translatableStrings(folder: string): readonly Translatable[] {
  const files = fs.readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".ts")).flatMap((file) => stringsOf(path.join(folder, file)));
}

function stringsOf(file: string): Translatable[] {
  const text = fs.readFileSync(path.join(projectRoot, file), "utf8");
  if (!text.includes("l10n")) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
  const found: Translatable[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTranslation(node.expression)) {
      const place = `${file}:${String(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1)}`;
      const [message] = node.arguments;
      if (message === undefined || !ts.isStringLiteralLike(message)) throw new Error(`${place}: not a literal`);
      found.push({ message: message.text, place });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `l10n.t` or `vscode.l10n.t`. */
function isTranslation(callee: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== "t") return false;
  const owner = callee.expression;
  return (
    (ts.isIdentifier(owner) ? owner : ts.isPropertyAccessExpression(owner) ? owner.name : undefined)?.text === "l10n"
  );
}
