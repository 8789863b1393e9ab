// From a log to a regression test: the log as a fixture, and a scenario file that a person would be glad to edit.
import { existsSync, mkdirSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { writeWhole } from "../report/folder.ts"
import { UsageFault } from "../runner/faults.ts"
import type { ToolScript } from "../script/scenario.ts"
import { redactText, redactUrl } from "../wirelog/redact.ts"
import { redactedEntry } from "../wirelog/redact-entry.ts"
import { entryLine, headerLine } from "../wirelog/write.ts"
import { retell } from "./retell.ts"
import type { WholeLog } from "./sessions.ts"
import { outputIn, toolsIn } from "./story.ts"

const nameForm = /^[a-z-]+\/[a-z0-9-]+$/

export interface SaveOptions {
  /** `room/what-happens`. */
  readonly name: string
  readonly protocol: "realtime" | "responses"
  /** Folder of `scenarios/` and `fixtures/`. */
  readonly root: string
}

export interface Saved {
  readonly fixture: string
  readonly scenario: string
}

/** Throws UsageFault for a name of another form, and where one of the files is there already. */
export function saveLog(log: WholeLog, { name, protocol, root }: SaveOptions): Saved {
  if (!nameForm.test(name)) throw new UsageFault(`--save takes a name such as turn/text-during-a-reply, not "${name}".`)
  const fixture = join("fixtures", "wire-logs", `${name.replace("/", "-")}.ndjson`)
  const scenario = join("scenarios", `${name}.ts`)
  for (const file of [fixture, scenario])
    if (existsSync(resolve(root, file))) throw new UsageFault(`${file} is there already; give --save another name.`)
  write(resolve(root, fixture), logText(log))
  write(resolve(root, scenario), redactText(scenarioText(log, name, protocol, fixture)))
  return { fixture, scenario }
}

function write(file: string, text: string) {
  mkdirSync(dirname(file), { recursive: true })
  writeWhole(file, text)
}

/** Redacted again, for it may come from a recorder that does not. */
function logText({ header, entries }: WholeLog): string {
  const { rtspec: _rtspec, schemaVersion: _version, endpoint, ...rest } = header
  const about = endpoint === undefined ? rest : { ...rest, endpoint: redactUrl(endpoint) }
  return (
    headerLine({ ...about, redaction: "default" }) + entries.map((entry) => entryLine(redactedEntry(entry))).join("")
  )
}

/** Formatted as the house formats; what the log cannot tell is left for a person, and says so. */
export function scenarioText(log: WholeLog, name: string, protocol: "realtime" | "responses", fixture: string): string {
  const { responses, steps, needs, actors } = retell(log, protocol)
  const { client, recordedAt } = log.header
  const who = client ? `${client.name}${client.version ? ` ${client.version}` : ""}` : "a client"
  const tools = toolsIn(log)
  const cites = [...new Set(steps.flatMap((step) => /mustSend\("([^"]+)"/.exec(step)?.[1] ?? []))]
  if (responses.length > 0) actors.add("response")
  const words = [...actors].sort((one, other) => one.localeCompare(other)).join(", ")
  return `${[
    `// Recorded from ${who}${recordedAt ? ` on ${recordedAt.slice(0, 10)}` : ""} (${fixture}). Say here why a user would care.`,
    `import { ${words} } from "../../harness/script/index.ts"`,
    "",
    ...responses.map((each) => `const ${each} = response("${label(each)}")`),
    ...(responses.length > 0 ? [""] : []),
    "export default scenario({",
    `  id: "${name}",`,
    `  title: "Say in one sentence what the client owes here",`,
    `  cites: [${(cites.length > 0 ? cites : ["session.update"]).map((each) => JSON.stringify(each)).join(", ")}],`,
    `  grade: "observed",`,
    `  source: ${JSON.stringify(`wire log ${fixture}`)},`,
    `  needs: [${needs.map((each) => JSON.stringify(each)).join(", ")}],`,
    `  judgedBy: ["no-crash"],`,
    ...(protocol === "responses" ? [`  protocol: "responses",`] : []),
    ...(protocol === "realtime" && outputIn(log) === "text" ? [`  output: "text",`] : []),
    ...(tools.length > 0 ? [`  tools: [${tools.map(toolText).join(", ")}],`] : []),
    "",
    "  story: [",
    ...steps.map((step) => `    ${step},`),
    "  ],",
    "})",
  ].join("\n")}\n`
}

const toolText = ({ name, answers, takes }: ToolScript) =>
  `{ name: ${JSON.stringify(name)}${answers === undefined ? "" : `, answers: ${JSON.stringify(answers)}`}${takes ? `, takes: ${JSON.stringify(takes)}` : ""} }`

/** `weather-reply` of `weatherReply`. */
const label = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
