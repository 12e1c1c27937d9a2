// Where things lie, seen from the compiled files under out/.
import * as path from "node:path";

/** The project's own folder. */
export const projectRoot = path.resolve(__dirname, "../../..");

/** Downloaded programs, outside git, fetched once. */
export const cacheFolder = path.join(projectRoot, ".vscode-test");

/** Ledgers that the real ntm wrote. */
export const ledgerFixtures = path.join(projectRoot, "test/fixtures/ledgers");
