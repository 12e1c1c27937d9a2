// What a ledger's files look like from outside: as long as that is the same, so is what is in them. A publication by rename
// makes a new file, whatever the clock says.
import * as fs from "node:fs/promises";
import { errorCode } from "../util/errorCode";

/** @param primary the path of the ledger's primary copy */
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
