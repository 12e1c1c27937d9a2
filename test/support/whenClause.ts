// As much of VS Code's when clauses as the manifest uses: `&&` of keys, `!` keys, `==`, `!=`, `in` and `=~ /…/`.

export type Context = Readonly<Record<string, string | boolean | readonly string[]>>;

/** @throws {SyntaxError} for an operator that isn't known here, lest a clause pass for true or false that is neither */
export function evaluateWhen(clause: string | undefined, context: Context): boolean {
  return clause === undefined || splitConjunction(clause).every((term) => evaluateTerm(term, context));
}

/** The keys that a clause asks about. */
export function keysOf(clause: string): readonly string[] {
  return splitConjunction(clause).flatMap((term) => {
    const [, key, list] = /^!?([\w.:]+)(?: in ([\w.]+)$)?/.exec(term) ?? [];
    return [key, list].filter((one) => one !== undefined);
  });
}

function splitConjunction(clause: string): string[] {
  return clause.split(" && ").map((term) => term.trim());
}

function evaluateTerm(term: string, context: Context): boolean {
  if (term === "true" || term === "false") return term === "true";
  const match = /^([\w.]+) =~ \/(.*)\/$/.exec(term);
  if (match !== null) return new RegExp(match[2]!).test(String(context[match[1]!] ?? ""));
  const comparison = /^([\w.]+) (==|!=) '?([\w.-]+)'?$/.exec(term);
  if (comparison !== null) {
    const isEqual = String(context[comparison[1]!] ?? "") === comparison[3];
    return comparison[2] === "==" ? isEqual : !isEqual;
  }
  const membership = /^([\w.]+) in ([\w.]+)$/.exec(term);
  if (membership !== null) {
    const list = context[membership[2]!];
    return Array.isArray(list) && list.includes(context[membership[1]!]);
  }
  const key = /^(!?)([\w.]+)$/.exec(term);
  if (key === null) throw new SyntaxError(`Not a when clause that is known here: ${term}`);
  return Boolean(context[key[2]!]) === (key[1] === "");
}
