// What is written about the project, as tests read it.
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "./project";

export interface Document {
  /** Relative to the project. */
  readonly file: string;
  readonly text: string;
  /** The text in backticks or in a code block. */
  readonly code: readonly string[];
  /** Where links and pictures lead. */
  readonly targets: readonly string[];
}

const places = [".", "docs", "test/fixtures/ledgers"];

/** Every Markdown file at the top, under docs, and beside the fixtures. */
export function documents(): readonly Document[] {
  return places
    .flatMap((place) => {
      const names = fs.readdirSync(path.join(projectRoot, place), { recursive: place === "docs", encoding: "utf8" });
      return names.filter((name) => name.endsWith(".md")).map((name) => path.join(place, name));
    })
    .sort()
    .map(readDocument);
}

export function readDocument(file: string): Document {
  const text = fs.readFileSync(path.join(projectRoot, file), "utf8");
  const blocks = Array.from(text.matchAll(/^```\w*\n(.*?)^```$/gms), ([, block]) => block!);
  const prose = text.replaceAll(/^```\w*\n.*?^```$/gms, "");
  const spans = Array.from(prose.matchAll(/`([^`\n]+)`/g), ([, span]) => span!);
  const targets = Array.from(prose.matchAll(/\]\(([^)\s]+)\)/g), ([, target]) => target!);
  return { file, text, code: [...blocks, ...spans], targets };
}

/** The cells of each row of every table, without the lines between head and body. */
export function tableRows({ text }: Document): readonly (readonly string[])[] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^\|[\s:|-]+\|$/.test(line))
    .map((line) =>
      line
        .slice(1, line.lastIndexOf("|"))
        .split("|")
        .map((cell) => cell.trim()),
    );
}
