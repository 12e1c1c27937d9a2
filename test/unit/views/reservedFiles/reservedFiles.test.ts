// Which files are reserved for which row.
import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import type { Assignment } from "../../../../src/assignment";
import { ReservedFiles, ShownFiles } from "../../../../src/views/reservedFiles/reservedFiles";

const project = "/work/my project";

function row(beadId: string, patterns: readonly string[], status = "working"): Assignment {
  const fields = { bead_id: beadId, bead_title: "", pane: 1, agent_type: "cc", assigned_at: "2026-01-01T00:00:00Z" };
  return { ...fields, status: status as Assignment["status"], reserved_paths: patterns };
}

function isReserved(pattern: string, file: string): boolean {
  return new ReservedFiles([row("a", [pattern])], project).rowsOf(`${project}/${file}`).length === 1;
}

describe("reserved files", () => {
  const cases: readonly [pattern: string, yes: readonly string[], no: readonly string[]][] = [
    ["src/a.ts", ["src/a.ts"], ["src/a.tsx", "a.ts", "src/a.ts/b", "x/src/a.ts"]],
    ["./src//a.ts", ["src/a.ts"], []],
    [`${project}/src/a.ts`, ["src/a.ts"], []],
    ["src/", ["src/a.ts", "src/b/c.ts"], ["src", "srcs/a.ts"]],
    ["src/**", ["src/a.ts", "src/b/c.ts"], ["src", "test/a.ts"]],
    ["**", ["a", "a/b"], []],
    ["src/*.ts", ["src/a.ts", "src/.ts"], ["src/b/c.ts", "src/a.js"]],
    ["src/**/*.ts", ["src/a.ts", "src/b/c.ts", "src/b/c/d.ts"], ["src/a.js", "a.ts"]],
    ["**/test/**", ["test/a", "x/test/a", "x/y/test/z/a"], ["test", "tests/a"]],
    ["**/a/**/b/*", ["a/b/c", "x/a/y/b/z"], ["a/b", "b/a/c"]],
    ["a?c/[x-z]*[!0-9].md", ["abc/xa.md", "a.c/zz.md"], ["abc/wa.md", "abc/x1.md", "ac/xa.md"]],
    ["[", ["["], ["a"]],
    ["[]]", ["]"], ["[]]"]],
    ["[a", ["[a"], ["a"]],
    ["*a*b*", ["ab", "xaxbx"], ["ba"]],
  ];
  for (const [pattern, yes, no] of cases) {
    it(`are matched by ${pattern}`, () => {
      assert.deepEqual(
        yes.filter((file) => !isReserved(pattern, file)),
        [],
      );
      assert.deepEqual(
        no.filter((file) => isReserved(pattern, file)),
        [],
      );
    });
  }

  it("are none of what leads out of the project, or names nothing", () => {
    for (const pattern of ["../x", "src/../../x", "/etc/passwd", "", "/", ".", "a\0b", "x".repeat(5000)]) {
      assert.equal(new ReservedFiles([row("a", [pattern])], project).isEmpty, true, pattern);
    }
  });

  it("are those of rows in flight, and of each of them", () => {
    const rows = [row("a", ["x"]), row("b", ["*"]), row("c", ["x"], "completed"), row("d", ["x"], "failed")];
    const found = new ReservedFiles(rows, project).rowsOf(`${project}/x`);
    assert.deepEqual(
      found.map(({ bead_id }) => bead_id),
      ["a", "b"],
    );
  });

  it("match as a plain interpretation of any pattern does", () => {
    const segment = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), minLength: 1, maxLength: 6 });
    const pattern = fc.array(fc.oneof(segment, fc.constant("**")), { minLength: 1, maxLength: 5 });
    const file = fc.array(fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(pattern, file, (parts, names) => {
        const text = parts.join("/");
        assert.equal(isReserved(text, names.join("/")), plainly(parts, names), `${text} ${names.join("/")}`);
      }),
      { numRuns: 2000 },
    );
  });

  it("are found at once however hostile the patterns are", () => {
    const hostile = [`${"*a".repeat(500)}b`, `${"**/a/".repeat(300)}b`, "*".repeat(4000), `[${"a-z".repeat(1000)}]*`];
    const reserved = new ReservedFiles([row("a", hostile)], project);
    const start = performance.now();
    reserved.rowsOf(`${project}/${"a/".repeat(300)}${"a".repeat(1000)}`);
    assert.ok(performance.now() - start < 1000);
  });

  it("cost nothing noticeable: 500 patterns, 10,000 files", () => {
    const kinds = (index: number): string[] => [
      `src/m${index}/a.ts`,
      `src/m${index}/**`,
      `src/m${index}/*.ts`,
      `**/x${index}.ts`,
    ];
    const patterns = Array.from({ length: 125 }, (_, index) => kinds(index)).flat();
    const reserved = new ReservedFiles([row("a", patterns)], project);
    const files = Array.from({ length: 10_000 }, (_, index) => `${project}/src/m${index % 500}/n/f${index}.ts`);
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      for (const file of files) reserved.rowsOf(file);
      return performance.now() - start;
    });
    assert.ok(Math.min(...times) < 500, `${times.join(", ")} ms`);
    if (process.env["SHOW_TIMES"] !== undefined) console.log(times);
  });
});

describe("shown files", () => {
  it("are in a change event only when their reservation changed", () => {
    const shown = new ShownFiles();
    const [a, b] = [row("a", ["x", "y"]), row("b", ["z"])];
    for (const name of ["x", "y", "z", "w"]) shown.reservingRows(`${project}/${name}`);
    const update = (...rows: Assignment[]): readonly string[] | "all" => shown.update(new ReservedFiles(rows, project));
    assert.deepEqual(update(a), [`${project}/x`, `${project}/y`]);
    for (const name of ["x", "y"]) shown.reservingRows(`${project}/${name}`);
    assert.deepEqual(update(a), []);
    assert.deepEqual(update(a, b), [`${project}/z`]);
    shown.reservingRows(`${project}/z`);
    assert.deepEqual(update(b), [`${project}/x`, `${project}/y`]);
  });
});

/** The meaning of a pattern as its definition reads; slow. */
function plainly(parts: readonly string[], names: readonly string[]): boolean {
  const [part, ...others] = parts;
  if (part === undefined) return names.length === 0;
  if (part === "**") {
    if (others.every((other) => other === "**")) return names.length > 0;
    return names.some((_, index) => plainly(others, names.slice(index))) || plainly(others, []);
  }
  const [name, ...below] = names;
  return name !== undefined && plainlyNamed(part, name) && plainly(others, below);
}

function plainlyNamed(part: string, name: string): boolean {
  if (part === "") return name === "";
  if (part.startsWith("*")) {
    return plainlyNamed(part.slice(1), name) || (name !== "" && plainlyNamed(part, name.slice(1)));
  }
  return (
    name !== "" &&
    (part.startsWith("?") || name.startsWith(part.slice(0, 1))) &&
    plainlyNamed(part.slice(1), name.slice(1))
  );
}
