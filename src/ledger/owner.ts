// The owner of what this package creates. A superuser may work in another user's folder, who must be able to use the new
// files and folders, and whose ntm must be.
import * as fs from "node:fs";
import * as path from "node:path";

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The owner of a folder, if files created in it must be given to them; `undefined` if they needn't or can't be. */
export function ownerOfFolder(folder: string): Owner | undefined {
  if (process.geteuid?.() !== 0) return undefined;
  const { uid, gid } = fs.statSync(folder);
  return uid === 0 ? undefined : { uid, gid };
}

/**
 * Creates a file with the mode 0600, independent of the umask. It has its owner before it has its name, so that no other
 * process meets it without.
 * @returns a descriptor, or `undefined` if the file exists by now
 */
export function createOwned(file: string, flags: number): number | undefined {
  const owner = ownerOfFolder(path.dirname(file));
  const { O_CREAT, O_EXCL } = fs.constants;
  const made = owner === undefined ? file : `${file}.ntm-assignments.${process.pid}`;
  let descriptor: number;
  try {
    descriptor = fs.openSync(made, flags | O_CREAT | O_EXCL, 0o600);
  } catch (error) {
    if (owner === undefined && (error as NodeJS.ErrnoException).code === "EEXIST") return undefined;
    throw error;
  }
  try {
    fs.fchmodSync(descriptor, 0o600);
    if (owner === undefined) return descriptor;
    fs.fchownSync(descriptor, owner.uid, owner.gid);
    placeUnderItsName(made, file);
    return descriptor;
  } catch (error) {
    fs.closeSync(descriptor);
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return undefined;
    throw error;
  } finally {
    if (owner !== undefined) fs.rmSync(made, { force: true });
  }
}

/** Where the file system has no hard links, the file is renamed, and may replace one that was created in the same instant. */
function placeUnderItsName(made: string, file: string): void {
  try {
    fs.linkSync(made, file);
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw error;
    if (fs.existsSync(file)) throw Object.assign(new Error(`${file} exists`), { code: "EEXIST" });
    fs.renameSync(made, file);
  }
}

/** Creates a folder with the mode 0700, independent of the umask, and with its owner, as {@link createOwned} does. */
export function createOwnedFolder(folder: string): void {
  const parent = path.dirname(folder);
  const owner = ownerOfFolder(parent);
  const made =
    owner === undefined ? folder : path.join(parent, `.${path.basename(folder)}.ntm-assignments.${process.pid}`);
  try {
    fs.mkdirSync(made, { mode: 0o700 });
    fs.chmodSync(made, 0o700);
    if (owner === undefined) return;
    fs.chownSync(made, owner.uid, owner.gid);
    fs.renameSync(made, folder);
  } catch (error) {
    if (made !== folder) fs.rmSync(made, { recursive: true, force: true });
    // Another process created it first.
    if (!["EEXIST", "ENOTEMPTY"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}
