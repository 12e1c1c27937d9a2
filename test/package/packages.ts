// The packages built by `npm run package`, built once for all tests.
import { allPlatforms, type Platform } from "../../scripts/nativeLock";
import { makePackages } from "../../scripts/package";

let made: Promise<Readonly<Record<Platform, string>>> | undefined;

/** The path of each platform's VSIX. */
export function packages(): Promise<Readonly<Record<Platform, string>>> {
  made ??= makePackages(allPlatforms).then((files) => {
    const entries = allPlatforms.map((platform, index) => [platform, files[index]!] as const);
    return Object.fromEntries(entries) as Record<Platform, string>;
  });
  return made;
}
