// The licences of the libraries in the bundles.
const fs = require("node:fs");
const path = require("node:path");

/** Writes the licences of the libraries that these inputs of a bundle come from, as they require. */
function writeLicenses(inputs, target) {
  const folders = new Set(inputs.flatMap((file) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const texts = [...folders].map((folder) => {
    const { name, version } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
    const license = fs.readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
    if (license === undefined) throw new Error(`${name} has no licence.`);
    return `${name} ${version}\n\n${fs.readFileSync(path.join(folder, license), "utf8").trim()}\n`;
  });
  fs.writeFileSync(target, texts.join("\n---\n\n"));
}

module.exports = { writeLicenses };
