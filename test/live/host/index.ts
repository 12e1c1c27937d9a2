// Run in an extension host: the tests of this folder.
import { runHostSuite } from "../../support/tiers/hostSuite";

export async function run(): Promise<void> {
  await runHostSuite(__dirname);
}
