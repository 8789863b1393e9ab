// `rtspec replay`: a kept failure or a repro file, played again.
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { type SubjectEntry, subjects } from "../../adapters/index.ts"
import { invariants } from "../checks/all.ts"
import { failuresFolder, keptFailures, reproName } from "../fuzz/keep.ts"
import { type Replayed, replayRepro } from "../fuzz/replay.ts"
import { windowOf, wrap } from "../report/failure.ts"
import { UsageFault } from "../runner/faults.ts"
import type { SuiteSubject } from "../runner/player.ts"
import { nearest, select } from "../runner/select.ts"
import { parseRepro, type Repro } from "../script/repro.ts"
import { suiteSubject } from "./fuzz-targets.ts"
import { clientOfProject, type WhichClient } from "./own-client.ts"
import { isWireLog, replayWireLog } from "./replay-log.ts"

export interface ReplayOptions extends WhichClient {
  /** For wire logs alone. */
  readonly mutate?: number
  readonly save?: string
  readonly seed?: string
}

/** Gives the exit code: 0 all FIXED, 1 one FAILED, 3 one BROKEN. */
export async function replay(what: string, options: ReplayOptions): Promise<number> {
  if (isWireLog(what)) return replayWireLog(what, options)
  const { mutate, save } = options
  if (mutate !== undefined || save !== undefined)
    throw new UsageFault(`--mutate and --save are for wire logs, and ${what} is none.`)
  const repro = findRepro(what)
  const chosen = (await subjectsFor(repro, options)).filter(({ protocol }) => protocol === repro.scenario.protocol)
  if (chosen.length === 0)
    throw new UsageFault(
      `${what} is told in the protocol ${repro.scenario.protocol}, which none of these subjects speaks.`,
    )
  let code = 0
  for (const subject of chosen) {
    const played = await replayRepro(repro, subject)
    for (const line of linesOf(repro, played)) console.log(line)
    if (played.is === "BROKEN") code = 3
    if (played.is === "FAILED") code = Math.max(code, 1)
  }
  return code
}

/** Those that are named; else the one that it was found on, which may be the project's own. */
async function subjectsFor({ subject, subjectVersion }: Repro, options: ReplayOptions): Promise<SuiteSubject[]> {
  const isKnown = subjects.some(({ name }) => name === subject)
  const isFoundOnOurs = isKnown && options.subject === undefined && options.adapter === undefined
  const own = isFoundOnOurs ? undefined : await clientOfProject(options)
  if (own) return [own]
  return select("subject", subjects, options.subject ?? [`${subject}@${subjectVersion}`], namesOf).map(suiteSubject)
}

const namesOf = ({ name, version }: SubjectEntry) => [name, `${name}@${version}`]

/** By the id of a kept failure, its folder, or the file itself. */
function findRepro(what: string): Repro {
  const files = [what, join(what, reproName), join(failuresFolder, what, reproName)]
  const file = files.find((each) => existsSync(each) && !each.endsWith("/") && isFile(each))
  if (file === undefined) {
    const near = nearest(what, [...keptFailures().ids])
    const hint = near.length > 0 ? ` The nearest kept failures are ${near.join(", ")}.` : ""
    throw new UsageFault(`there is no kept failure "${what}" in ${failuresFolder}, and no such file.${hint}`)
  }
  const parsed = parseRepro(readFileSync(file, "utf8"))
  if ("wrong" in parsed) throw new UsageFault(`${file} ${parsed.wrong}.`)
  return parsed.repro
}

const isFile = (path: string): boolean => {
  try {
    readFileSync(path)
    return true
  } catch {
    return false
  }
}

function linesOf({ id, invariant }: Repro, { is, result }: Replayed): string[] {
  const width = Math.max(60, Math.min(process.stdout.columns ?? 100, 120))
  const head = `${is}  ${id} · ${result.subject} ${result.version}`
  if (is === "FIXED") return [head]
  if (is === "BROKEN") return [head, ...wrap(result.because, width, "  ")]
  const truth = result.violations.find((each) => each.invariant === invariant) ?? result.violations[0]
  const title = invariants.find((each) => each.id === truth?.invariant)?.title ?? ""
  return [
    head,
    ...wrap(`${truth?.invariant}: ${title}`, width, "  "),
    ...wrap(`But: ${truth?.message}`, width, "  "),
    "",
    ...(truth && result.trace ? windowOf(result.trace.entries, truth, width) : []),
    "",
  ]
}
