// Identifies the state of a ledger's files without reading them: same signature, same content. A save renames a new
// file into place, so this doesn't depend on the clock.
import * as fs from "node:fs/promises";
import { errorCode } from "../util/errorCode";

/** @param primary path of the ledger's primary copy */
export async function ledgerSignature(primary: string): Promise<string> {
  const looks = await Promise.all([look(primary), look(`${primary}.bak`)]);
  return looks.join(" ");
}

async function look(copy: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await fs.stat(copy, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(":");
  } catch (error) {
    return errorCode(error);
  }
}
