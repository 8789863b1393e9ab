// Fetches exactly what a lock file names, through npm. No install script of any package is run.
import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { InstallFault } from "./fault.ts"
import { type NpmRecipe, titleOf } from "./recipe.ts"

/** Fetches into `folder`, which holds package.json and package-lock.json; `onPackage` is told of each package. */
export type FetchPackages = (recipe: NpmRecipe, folder: string, onPackage: () => void) => Promise<void>

const codesOfNoNetwork =
  /^(ENOTFOUND|EAI_AGAIN|EAI_FAIL|ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|ERR_SOCKET_TIMEOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOTCACHED)$/

const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=http"]
const patience = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]

/** npm asks for each package anew, and waits each time: so many failures and not one answer are no network. */
const failuresAtMost = 10

/** Rejects with InstallFault: no-npm, no-network or npm-failed. */
export const npmCi: FetchPackages = (recipe, folder, onPackage) =>
  new Promise((resolve, reject) => {
    const optional = recipe.withOptional ? [] : ["--omit=optional"]
    const peers = recipe.withoutPeers ? ["--legacy-peer-deps"] : []
    const npm = spawn("npm", ["ci", ...flags, ...patience, ...optional, ...peers], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
      shell: process.platform === "win32",
    })
    const complaints: string[] = []
    let answers = 0
    let failures = 0
    createInterface(npm.stderr).on("line", (line) => {
      if (/^npm http (fetch GET 2|cache).*\/-\//.test(line)) onPackage()
      if (line.startsWith("npm error ")) complaints.push(line.slice("npm error ".length).trim())
      if (/^npm http (fetch GET \d{3}|cache) /.test(line)) answers += 1
      const [, code = ""] = /^npm http fetch GET .* attempt \d+ failed with (\w+)/.exec(line) ?? []
      if (!codesOfNoNetwork.test(code) || answers > 0 || ++failures !== failuresAtMost) return
      complaints.unshift(`code ${code}`)
      // npm heeds no gentler signal.
      npm.kill("SIGKILL")
    })
    npm.on("error", (error) => {
      const what = `npm could not be started to install ${titleOf(recipe)} (${error.message}); put npm on the PATH`
      reject(new InstallFault("no-npm", `${what}.`, error))
    })
    npm.on("close", (code) => (code === 0 ? resolve() : reject(faultOf(recipe, complaints, code))))
  })

/** One sentence out of what npm complained of. */
export function faultOf(recipe: NpmRecipe, complaints: readonly string[], exit: number | null): InstallFault {
  const code = complaints.find((line) => line.startsWith("code "))?.slice("code ".length) ?? ""
  if (codesOfNoNetwork.test(code))
    return new InstallFault(
      "no-network",
      `could not reach the npm registry for ${titleOf(recipe)} (${code}); check the network or npm's proxy, and install again.`,
    )
  const said = complaints.find((line) => !/^(code|errno|syscall|path) /.test(line)) ?? `it ended with ${exit}`
  return new InstallFault("npm-failed", `npm could not install ${titleOf(recipe)}: ${code} ${said}`.trim())
}
