// Reads a log of any kind that we know, as it streams by. What cannot be read is a problem with its line; the rest is read.
import { har } from "./detect.ts"
import { readHar } from "./har.ts"
import { type Line, linesOf } from "./lines.ts"
import { LogFault, type LogItem, logHeader, logSchemaVersion } from "./log.ts"
import { entryOf, isMembers, type Shape, usualShape } from "./shape.ts"
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
    yield lines.flatMap((line) => reader.read(line) ?? [])
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
  return {
    hasEntries: () => hasEntries,
    /** Undefined for an empty line. */
    read(line: Line): LogItem | undefined {
      if (line.text.trim() === "") return undefined
      const item = itemOf(line, shape, isFirst)
      isFirst = false
      if (item.kind === "problem" && !hasEntries && ++strange >= strangeAtMost)
        throw new LogFault(
          `it is no wire log: none of its first ${strangeAtMost} lines is an entry. A line is one JSON object with a direction and an event, or \`→ SEND type\`; or name its fields: --fields side=…,event=…`,
        )
      if (item.kind !== "entry") return item
      hasEntries = true
      const { atMs } = item.entry
      if (atMs === undefined) return item
      began ??= atMs
      return { kind: "entry", entry: { ...item.entry, atMs: atMs - began } }
    },
  }
}

function itemOf({ number, text, isCut }: Line, shape: Shape, isFirst: boolean): LogItem {
  const problem = (message: string): LogItem => ({ kind: "problem", line: number, message })
  const trimmed = text.trim()
  if (!trimmed.startsWith("{")) {
    const entry = readTextLine(number, text)
    return entry ? { kind: "entry", entry } : problem("a JSON object, or a line such as `→ SEND type`, was expected")
  }
  let record: unknown
  try {
    record = JSON.parse(trimmed)
  } catch {
    return problem(isCut ? "the log is cut off in the middle of this line" : "it is not whole JSON")
  }
  if (!isMembers(record)) return problem("a JSON object was expected")
  if (isFirst && record.rtspec === "wire-log") return headerOf(record)
  const entry = entryOf(number, record, shape)
  if (typeof entry !== "string") return { kind: "entry", entry }
  // The first line may tell where the log comes from.
  return isFirst ? { kind: "header", header: provenanceOf(record) } : problem(entry)
}

function headerOf(record: Readonly<Record<string, unknown>>): LogItem {
  if (record.schemaVersion !== logSchemaVersion)
    throw new LogFault(
      `it is a wire log of schema version ${JSON.stringify(record.schemaVersion)}, and this rtspec reads version ${logSchemaVersion}; use the rtspec that wrote it.`,
    )
  const parsed = logHeader.safeParse(record)
  if (parsed.success) return { kind: "header", header: parsed.data }
  const issue = parsed.error.issues[0]
  throw new LogFault(`its header is wrong: ${issue?.path.join(".")}: ${issue?.message}; mend line 1.`)
}

const providers = { openai: "openai", azure: "azure", "azure-voice-live": "beta", xai: "xai" } as const

/** A first line in the style of the recorded sessions: `{"provider": "openai", …}`. */
function provenanceOf({ provider }: Readonly<Record<string, unknown>>) {
  const dialect =
    typeof provider === "string" && provider in providers ? providers[provider as keyof typeof providers] : undefined
  return dialect === undefined ? {} : { dialect, end: "client" as const }
}
