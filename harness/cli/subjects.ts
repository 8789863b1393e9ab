// `rtspec subjects`: what real clients are known and where they are; `rtspec subjects install`: fetches those that do not
// come with rtspec itself.
import type { Command } from "commander"
import { type SubjectEntry, subjects } from "../../adapters/index.ts"
import { select } from "../runner/select.ts"
import { installSubject, type Progress, sizeOf } from "../subjects/index.ts"

type Print = (line: string) => void

const nameOf = ({ name, version }: SubjectEntry) => `${name}@${version}`
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

/** A line a subject: name, protocol, and whether and where it is installed. */
export function listSubjects({ json }: { readonly json: boolean }, print: Print = console.log): void {
  const known = subjects.map((entry) => {
    const bytes = entry.install && entry.installed() ? sizeOf(entry.install) : undefined
    const { name, version, protocol } = entry
    return { name, version, protocol, installed: entry.installed(), canBeInstalled: entry.install !== undefined, bytes }
  })
  if (json) print(JSON.stringify(known, null, 1))
  else
    for (const { name, version, protocol, installed, bytes } of known) {
      const here = bytes === undefined ? "comes with rtspec" : `installed, ${megabytes(bytes)}`
      print(`${`${name}@${version}`.padEnd(40)} ${protocol.padEnd(10)} ${installed ? here : "not installed"}`)
    }
}

/** Installs what the globs select (default: all), one after the other. Rejects with InstallFault. */
export async function installSubjects(globs: readonly string[], print: Print = console.log): Promise<void> {
  const heavy = subjects.filter(({ install }) => install)
  const chosen = select("subject", heavy, globs.length > 0 ? globs : ["*"], (entry) => [entry.name, nameOf(entry)])
  const seen = new Set<string>()
  for (const entry of chosen) {
    const { install } = entry
    if (!install || seen.has(`${install.name}@${install.version}`)) continue
    seen.add(`${install.name}@${install.version}`)
    await installSubject(install, { onProgress: teller(`${install.name}@${install.version}`, print) })
  }
  const which = (globs.length > 0 ? globs : ["*"]).map((glob) => `--subject '${glob}'`)
  print(`${seen.size} installed: npx rtspec run ${which.join(" ")}`)
}

/** Tells the beginning and the end of each step; on a terminal the count of packages, too. */
function teller(name: string, print: Print): (progress: Progress) => void {
  const live = process.stderr.isTTY === true && !process.env.CI
  return (progress) => {
    if (progress.step === "fetching") {
      if (live) process.stderr.write(`\r\u001b[2K${name}: fetching ${progress.done} of ${progress.of} packages`)
      else if (progress.done === 0) print(`${name}: fetching ${progress.of} packages`)
      return
    }
    if (live) process.stderr.write("\r\u001b[2K")
    if (progress.step === "installed")
      print(`${name}: ${progress.already ? "is there" : "installed"}, ${megabytes(progress.bytes)}`)
    else print(`${name}: ${progress.step === "mending" ? "an install that was not whole is made again" : "bundling"}`)
  }
}

export function addSubjects(program: Command): void {
  const real = program
    .command("subjects")
    .description("the real clients that rtspec can drive, and which are installed")
    .option("--json", "as JSON", false)
    .addHelpText("after", "\nExamples:\n  rtspec subjects\n  rtspec subjects --json")
    .action((options: { json: boolean }) => listSubjects(options))
  real
    .command("install")
    .description("fetch real clients that do not come with rtspec into a cache of yours")
    .argument("[globs...]", "NAME, NAME@VERSION or globs of them (default: all)")
    .addHelpText("after", "\nExamples:\n  rtspec subjects install\n  rtspec subjects install 'livekit-realtime@1.*'")
    .action((globs: string[]) => installSubjects(globs))
}
