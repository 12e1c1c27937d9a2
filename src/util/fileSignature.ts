// Whether a file changed, without reading it.
import * as fs from "node:fs/promises";
import { errorCode } from "./errorCode";

/** Differs if the file was written, replaced, or its mode changed, as far as `lstat` shows; the error's code if that fails. */
export async function fileSignature(file: string): Promise<string> {
  try {
    const { dev, ino, mode, size, mtimeNs, ctimeNs } = await fs.lstat(file, { bigint: true });
    return [dev, ino, mode, size, mtimeNs, ctimeNs].join(":");
  } catch (error) {
    return errorCode(error);
  }
}
