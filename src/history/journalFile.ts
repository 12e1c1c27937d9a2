// The file of a journal: whole lines are read and appended; an incomplete line at its end is ignored.
import * as fs from "node:fs";

/** How far a file was read, and which file that was. */
export interface FilePosition {
  readonly file: string;
  /** Bytes, up to the end of a line. */
  readonly length: number;
}

export interface Tail {
  /** Whole lines. */
  readonly text: string;
  /** Whether this is all of the file, not what was appended since. */
  readonly isWhole: boolean;
  /** `undefined`: there is no file. */
  readonly position: FilePosition | undefined;
}

/** No more than this is read, from the end: a journal that is kept has far less. */
const mostBytes = 64_000_000;

// Neither flag exists on Windows, where `undefined` counts as no bits.
const { O_RDONLY, O_RDWR, O_WRONLY, O_APPEND, O_CREAT, O_NONBLOCK, O_NOFOLLOW } = fs.constants;

/** Reads what was appended since the position, or all of a file that isn't the one it was. */
export async function readTail(file: string, known: FilePosition | undefined): Promise<Tail> {
  const handle = await openFile(file, O_RDONLY);
  if (handle === undefined) return { text: "", isWhole: true, position: undefined };
  try {
    const stat = await handle.stat({ bigint: true });
    const size = Number(stat.size);
    const isWhole = known?.file !== identityOf(stat) || known.length > size;
    const start = Math.max(isWhole ? 0 : known.length, size - mostBytes);
    const bytes = await readBytes(handle, start, size - start);
    const end = bytes.lastIndexOf(0x0a) + 1;
    return {
      text: bytes.toString("utf8", 0, end),
      isWhole,
      position: { file: identityOf(stat), length: start + end },
    };
  } finally {
    await handle.close();
  }
}

/** Cuts what a writer that was killed left of a line. The caller holds the lock, so no other process is writing it. */
export async function cutTornTail(file: string): Promise<void> {
  const handle = await openFile(file, O_RDWR);
  if (handle === undefined) return;
  try {
    const { size } = await handle.stat();
    let end = size;
    for (const step = 65_536; end > 0;) {
      const start = Math.max(0, end - step);
      const newline = (await readBytes(handle, start, end - start)).lastIndexOf(0x0a);
      end = newline < 0 ? start : start + newline + 1;
      if (newline >= 0) break;
    }
    if (end < size) await handle.truncate(end);
  } finally {
    await handle.close();
  }
}

/** Appends whole lines. @returns the end of the file */
export async function appendTo(file: string, lines: string): Promise<FilePosition> {
  const handle = await openFile(file, O_WRONLY | O_APPEND | O_CREAT);
  if (handle === undefined) throw new Error(`${file} was removed`);
  try {
    await handle.appendFile(lines);
    const stat = await handle.stat({ bigint: true });
    return { file: identityOf(stat), length: Number(stat.size) };
  } finally {
    await handle.close();
  }
}

/** Puts other lines in place of a file, so that readers find the old ones or the new ones. */
export async function replaceFile(file: string, lines: string): Promise<void> {
  const temporary = `${file}.tmp`;
  await fs.promises.rm(temporary, { recursive: true, force: true }); // Of a writer that was killed.
  await fs.promises.writeFile(temporary, lines, { flag: "wx", mode: 0o600 });
  await fs.promises.rename(temporary, file);
}

/** `undefined`: there is none. @throws for what is no regular file, and what the file system throws */
async function openFile(file: string, flags: number): Promise<fs.promises.FileHandle | undefined> {
  let handle: fs.promises.FileHandle;
  try {
    handle = await fs.promises.open(file, flags | O_NONBLOCK | O_NOFOLLOW, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const isFile = await handle.stat().then(
    (stat) => stat.isFile(),
    () => false,
  );
  if (isFile) return handle;
  await handle.close();
  throw new Error(`${file} is not a regular file`);
}

async function readBytes(handle: fs.promises.FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(bytes, read, length - read, start + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}

/** The birth time distinguishes a file from an earlier one with the same inode number. */
function identityOf(stat: fs.BigIntStats): string {
  return `${stat.dev}:${stat.ino}:${stat.birthtimeNs}`;
}
