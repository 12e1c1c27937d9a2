// The cost of finding which of the visible files are reserved.
import type { Assignment } from "../../src/assignment";
import { ReservedFiles } from "../../src/views/reservedFiles/reservedFiles";
import { lineOf, type Line } from "./line";
import { measure } from "./measure";

const patternCount = 500;
const fileCount = 10_000;
const project = "/work/project";

export async function measureReservedFiles(): Promise<readonly Line[]> {
  const rows = Array.from({ length: patternCount / 10 }, (_, number) => rowWith(number));
  const files = Array.from({ length: fileCount }, (_, number) => `${project}/src/${folderOf(number)}/file${number}.ts`);
  const reserved = new ReservedFiles(rows, project);
  const own = await measure({
    "500 patterns read": () => new ReservedFiles(rows, project),
    "10,000 files, 500 patterns": () => files.filter((file) => reserved.rowsOf(file).length > 0).length,
  });
  return Object.entries(own).map(([name, value]) => lineOf(name, value));
}

function folderOf(number: number): string {
  return `area${number % 50}/part${number % 7}`;
}

/** Ten patterns: single files, folders, and wildcards. */
function rowWith(number: number): Assignment {
  const area = `src/area${number}`;
  const files = Array.from({ length: 5 }, (_, file) => `${area}/part${file}/file${file * 50 + number}.ts`);
  const patterns = [
    ...files,
    `${area}/docs/**`,
    `${area}/*.md`,
    `**/area${number}.test.ts`,
    `test/a?ea${number}/*`,
    `${area}/part1/`,
  ];
  const fields = { bead_title: "", pane: 1, agent_type: "cc", assigned_at: "2026-01-01T00:00:00Z" };
  return { ...fields, bead_id: `bd-${number}`, status: "working", reserved_paths: patterns };
}
