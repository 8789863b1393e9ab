// Makes dist/, what the published package consists of: our sources as JavaScript with types, and the data they read, laid
// out as in the checkout. `npm pack` and `npm publish` call it first, and `npm run bench`, whose own files are not published.
import { execFileSync } from "node:child_process"
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { extname, join, resolve } from "node:path"
import { bundledName, bundleReportApp } from "../report/html/bundle.ts"

const root = resolve(import.meta.dirname, "../..")
const part = join(root, "dist.part")
const dist = join(root, "dist")

/** What the sources read beside themselves: ledgers, lock files, inventories, repros, pages that failures link to. */
const dataFolders = ["harness", "adapters", "scenarios", "fixtures/protocol", "fixtures/regressions"]
/** Written into projects as they are. */
const templates = join(root, "harness/init/templates")
const developersOwn = ["harness/packaging", "harness/report/html/app"].map((folder) => join(root, folder))

rmSync(part, { recursive: true, force: true })
const tsc = createRequire(import.meta.url)
  .resolve("typescript/package.json")
  .replace("package.json", "bin/tsc")
execFileSync(process.execPath, [tsc, "-p", join(import.meta.dirname, "tsconfig.json")], { stdio: "inherit" })
for (const folder of dataFolders) {
  if (!existsSync(join(root, folder))) continue
  cpSync(join(root, folder), join(part, folder), { recursive: true, filter: (path) => isData(path) })
}
writeFileSync(join(part, "harness/report/html", bundledName), JSON.stringify(bundleReportApp()))
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
writeFileSync(join(part, "package.json"), `${JSON.stringify({ type: "module", version }, null, 2)}\n`)
rmSync(dist, { recursive: true, force: true })
renameSync(part, dist)

function isData(path: string): boolean {
  if (developersOwn.some((folder) => path.startsWith(folder))) return false
  if (path.startsWith(templates)) return true
  return ![".ts", ".tsx"].includes(extname(path)) && !/node_modules|__pycache__/.test(path)
}
