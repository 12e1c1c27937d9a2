// As much of the zip format as a VSIX uses: the directory at its end, and entries stored or deflated.
import { inflateRawSync } from "node:zlib";

export class Zip {
  /** What each entry's bytes come to, by its name. */
  readonly #entries: ReadonlyMap<string, () => Buffer>;

  constructor(bytes: Buffer) {
    const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
    if (end < 0) throw new Error("not a zip file");
    const entries = new Map<string, () => Buffer>();
    let position = bytes.readUInt32LE(end + 16);
    for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
      const [method, size] = [bytes.readUInt16LE(position + 10), bytes.readUInt32LE(position + 20)];
      const nameEnd = position + 46 + bytes.readUInt16LE(position + 28);
      const local = bytes.readUInt32LE(position + 42);
      entries.set(bytes.toString("utf8", position + 46, nameEnd), () => {
        const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
        const content = bytes.subarray(start, start + size);
        return method === 0 ? content : inflateRawSync(content);
      });
      position = nameEnd + bytes.readUInt16LE(position + 30) + bytes.readUInt16LE(position + 32);
    }
    this.#entries = entries;
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  bytes(name: string): Buffer {
    const read = this.#entries.get(name);
    if (read === undefined) throw new Error(`no ${name} among: ${this.names.join(", ")}`);
    return read();
  }

  text(name: string): string {
    return this.bytes(name).toString("utf8");
  }
}
