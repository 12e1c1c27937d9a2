// node history.js FOLDER: measures the journal, bundled as it is shipped, and prints what it found as JSON.
import { measureHistory } from "../history";

async function main([folder = ""]: readonly string[]): Promise<void> {
  process.stdout.write(JSON.stringify(await measureHistory(folder)));
}

void main(process.argv.slice(2));
