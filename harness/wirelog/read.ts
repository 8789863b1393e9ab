// Reads a log of any kind that we know, as it streams by. What cannot be read is a problem with its line; the rest is read.
import { har } from "./detect.ts"
import { readHar } from "./har.ts"
import { type Line, linesOf } from "./lines.ts"
import { LogFault, type LogItem, logHeader, logSchemaVersion } from "./log.ts"
import { entryOf, isMembers, type Shape, type Since, usualShape } from "./shape.ts"
import { readTextLine } from "./text-lines.ts"

export interface ReadOptions {
  /** How the fields of its lines are called, where they are not called as usual. */
  readonly shape?: Shape
}

/** Throws LogFault for what is no log at all. Times are relative to the first that the log tells. */
export async function* readLog(
  chunks: AsyncIterable<Uint8Array | string>,
  options: ReadOptions = {},
): AsyncGenerator<LogItem> {
  for await (const items of readLogInBatches(chunks, options)) yield* items
}

/** The same, as many at a time as a chunk brings. */
export async function* readLogInBatches(
  chunks: AsyncIterable<Uint8Array | string>,
  { shape = usualShape }: ReadOptions = {},
): AsyncGenerator<readonly LogItem[]> {
  const reader = createReader(shape)
  const batches = linesOf(chunks)
  for await (const lines of batches) {
    const [first] = lines
    if (first && first.number === 1 && har.beginsWith(first.text)) {
      yield [...readHar(await har.whole(lines, batches))]
      return
    }
    const items: LogItem[] = []
    for (const line of lines) {
      const item = reader.read(line)
      if (item) items.push(item)
    }
    yield items
  }
  if (!reader.hasEntries()) throw new LogFault("there is no entry in it: a wire log has one event a line.")
}

/** How many strange lines at the beginning show that it is something else. */
const strangeAtMost = 20

function createReader(shape: Shape) {
  let began: number | undefined
  let hasEntries = false
  let isFirst = true
  let strange = 0
  const since: Since = (ms) => {
    began ??= ms
    return ms - began
  }
  return {
    hasEntries: () => hasEntries,
    /** Undefined for an empty line. */
    read(line: Line): LogItem | undefined {
      const text = line.text.trim()
      if (text === "") return undefined
      const item = itemOf(line, text, shape, since, isFirst)
      isFirst = false
      if (item.kind === "problem" && !hasEntries && ++strange >= strangeAtMost)
        throw new LogFault(
          `it is no wire log: none of its first ${strangeAtMost} lines is an entry. A line is one JSON object with a direction and an event, or \`→ SEND type\`; or name its fields: --fields side=…,event=…`,
        )
      if (item.kind === "entry") hasEntries = true
      return item
    },
  }
}

function itemOf({ number, isCut }: Line, text: string, shape: Shape, since: Since, isFirst: boolean): LogItem {
  if (!text.startsWith("{")) {
    const entry = readTextLine(number, text, since)
    return entry
      ? { kind: "entry", entry }
      : problem(number, "a JSON object, or a line such as `→ SEND type`, was expected")
  }
  const record = parsed(text)
  if (record === undefined) return problem(number, isCut ? cutOff : "it is not whole JSON")
  if (!isMembers(record)) return problem(number, "a JSON object was expected")
  if (isFirst && record.rtspec === "wire-log") return headerOf(record)
  const entry = entryOf(number, record, shape, since)
  if (typeof entry !== "string") return { kind: "entry", entry }
  // The first line may tell where the log comes from.
  return isFirst ? { kind: "header", header: provenanceOf(record) } : problem(number, entry)
}

const cutOff = "the log is cut off in the middle of this line, or the line is longer than 64 MB"

const problem = (line: number, message: string): LogItem => ({ kind: "problem", line, message })

/** Undefined: it is not whole JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function headerOf(record: Readonly<Record<string, unknown>>): LogItem {
  if (record.schemaVersion !== logSchemaVersion)
    throw new LogFault(
      `it is a wire log of schema version ${typeof record.schemaVersion === "number" ? record.schemaVersion : "unknown"}, and this rtspec reads version ${logSchemaVersion}; use the rtspec that wrote it.`,
    )
  const read = logHeader.safeParse(record)
  if (read.success) return { kind: "header", header: read.data }
  const issue = read.error.issues[0]
  throw new LogFault(`its header is wrong: ${issue?.path.join(".")}: ${issue?.message}; mend line 1.`)
}

const providers = { openai: "openai", azure: "azure", "azure-voice-live": "beta", xai: "xai" } as const

/** A first line in the style of the recorded sessions: `{"provider": "openai", …}`. */
function provenanceOf({ provider }: Readonly<Record<string, unknown>>) {
  const dialect =
    typeof provider === "string" && provider in providers ? providers[provider as keyof typeof providers] : undefined
  return dialect === undefined ? {} : { dialect, end: "client" as const }
}
