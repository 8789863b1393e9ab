// `rtspec check LOG…`: what was wrong in a recorded session, told without a client.

import { createReadStream } from "node:fs"
import { stat } from "node:fs/promises"
import { type Command, Option } from "commander"
import { type DialectName, dialectNames } from "../protocol/realtime/dialects.ts"
import { logPage, notJudgedNote } from "../report/log-page.ts"
import { UsageFault } from "../runner/faults.ts"
import { checkLog, type LogReport, violationsOf } from "../wirelog/check.ts"
import { LogFault } from "../wirelog/log.ts"
import { readLogInBatches } from "../wirelog/read.ts"
import { type Shape, usualShape } from "../wirelog/shape.ts"

export interface CheckLogOptions {
  readonly dialect?: DialectName
  readonly protocol?: "realtime" | "responses"
  readonly fields?: string
  readonly json: boolean
}

/** 0: no violation; 1: some party broke a rule. Throws UsageFault for a log that cannot be read, after the others. */
export async function checkLogs(files: readonly string[], options: CheckLogOptions): Promise<number> {
  const { dialect, protocol, fields, json } = options
  const shape = fields === undefined ? usualShape : shapeOf(fields)
  const found: { file: string; report?: LogReport; unreadable?: string }[] = []
  for (const file of files) {
    try {
      const items = readLogInBatches(await chunksOf(file), { shape })
      const report = await checkLog(items, { ...(dialect ? { dialect } : {}), ...(protocol ? { protocol } : {}) })
      found.push({ file, report })
      if (!json) console.log(`${logPage(file, report, widthNow()).join("\n")}\n`)
    } catch (error) {
      if (!(error instanceof LogFault)) throw error
      found.push({ file, unreadable: error.message })
    }
  }
  const notJudged = new Map(found.flatMap(({ report }) => (report ? [[report.protocol, report.notJudged]] : [])))
  if (!json) for (const names of notJudged.values()) console.log(`${notJudgedNote(names, widthNow()).join("\n")}\n`)
  if (json) console.log(JSON.stringify(found.map(asJson), null, 2))
  const unreadable = found.filter((each) => each.unreadable !== undefined)
  if (unreadable.length > 0)
    throw new UsageFault(unreadable.map(({ file, unreadable: why }) => `${file}: ${why}`).join("\n"))
  return found.some(({ report }) => report && violationsOf(report).length > 0) ? 1 : 0
}

/** `-` is standard input. */
export async function chunksOf(file: string): Promise<AsyncIterable<Uint8Array | string>> {
  if (file === "-") return process.stdin
  const about = await stat(file).catch(() => undefined)
  if (!about?.isFile())
    throw new UsageFault(`there is no log ${file}; give the path of a wire log, or - to read one from a pipe.`)
  return createReadStream(file, { highWaterMark: 256 * 1024 })
}

const widthNow = () => Math.max(60, Math.min(process.stdout.columns ?? 100, 120))

/** `side=direction,event=payload,client=out,server=in`: the rest stays as usual. */
export function shapeOf(fields: string): Shape {
  const given = fields.split(",").map((pair) => pair.split("=", 2))
  const wrong = given.find(([name = "", value]) => !Object.hasOwn(usualShape, name) || !value)
  if (wrong)
    throw new UsageFault(
      `--fields does not know "${wrong.join("=")}"; give NAME=FIELD of ${Object.keys(usualShape).join(", ")}, parted by commas.`,
    )
  return { ...usualShape, ...Object.fromEntries(given.map(([name = "", value = ""]) => [name, [value]])) }
}

function asJson({ file, report, unreadable }: { file: string; report?: LogReport; unreadable?: string }) {
  if (!report) return { file, unreadable }
  const parts = (["server", "client"] as const).map((party) => [
    party,
    violationsOf(report, party).length === 0 ? "pass" : "fail",
  ])
  const breaks = report.breaks.map(({ window: _window, cause: _cause, offence: _offence, ...rest }) => rest)
  return { file, verdict: Object.fromEntries(parts), ...report, breaks }
}

export function addCheck(program: Command, done: (code: number) => void): void {
  program
    .command("check")
    .description("judge recorded wire logs: who broke which rule, and where; no client needed")
    .argument("<logs...>", "wire logs, HARs, or `→ SEND type` lines; - for standard input")
    .addOption(
      new Option("--dialect <name>", "whose server it was (default: told from the log)").choices([...dialectNames]),
    )
    .addOption(new Option("--protocol <name>", "default: told from the log").choices(["realtime", "responses"]))
    .option("--fields <list>", "how the log calls its fields: side=direction,event=payload,client=out,server=in")
    .option("--json", "as JSON", false)
    .addHelpText("after", "\nExamples:\n  rtspec check call.ndjson\n  rtspec check --json *.har | jq '.[].verdict'")
    .action(async (logs: string[], options: CheckLogOptions) => done(await checkLogs(logs, options)))
}
