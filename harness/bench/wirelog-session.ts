// Text of wire logs of any length for measuring: a recorded session whose spoken turns go on and on, each with ids of its own.
import { readFileSync } from "node:fs"

/** `short`: audio redacted, so that lines are as short as a log's are; `audio`: a delta carries 100 ms of it, in base64. */
export type LineKind = "short" | "audio"

export interface LogSize {
  readonly bytes: number
  readonly kind: LineKind
  /** So many turns a connection; absent: one connection for all. */
  readonly turnsPerConnection?: number
}

const recorded = "fixtures/wire-logs/audio-spoken-turn.openai-agents.ndjson"
const audio = Buffer.from(Array.from({ length: 4_800 }, (_, at) => (at * 31) & 255)).toString("base64")
/** A response of a few seconds streams about so many pieces of audio. */
const piecesPerTurn = 20

/** In chunks of a turn each, from the header on, until `bytes` of it are there. */
export function* logText({ bytes, kind, turnsPerConnection = Number.POSITIVE_INFINITY }: LogSize): Generator<string> {
  const { header, opening, turn, ending } = partsOf(kind)
  let made = header.length
  yield header
  for (let number = 0, connection = 0; made < bytes; number++) {
    const isFirst = number === 0 || number % turnsPerConnection === 0
    if (isFirst) connection += 1
    const isLast = (number + 1) % turnsPerConnection === 0
    const text = (isFirst ? opening : "") + turn.replaceAll("%", String(number + 1)) + (isLast ? ending : "")
    const chunk = text.replaceAll('"connection":1,', `"connection":${connection},`)
    made += chunk.length
    yield chunk
  }
}

function partsOf(kind: LineKind) {
  const lines = readFileSync(recorded, "utf8").trimEnd().split("\n")
  const begin = lines.findIndex((line) => line.includes("speech_started"))
  const joined = (some: readonly string[]) => some.map((line) => `${line}\n`).join("")
  const turn = lines.slice(begin, -1).flatMap((line) => piecesOf(line, kind))
  return {
    header: joined(lines.slice(0, 1)),
    opening: joined(lines.slice(1, begin)),
    turn: joined(turn.map(numbered)),
    ending: joined(lines.slice(-1)),
  }
}

/** A piece of audio as many; event ids are told apart by their number. */
function piecesOf(line: string, kind: LineKind): string[] {
  const told = kind === "short" ? line : line.replace(/\[audio \d+ bytes [0-9a-f]+\]/, audio)
  if (!line.includes("output_audio.delta")) return [told]
  return Array.from({ length: piecesPerTurn / 2 }, (_, at) => told.replace(/"(event_\d+)"/, `"$1_${at}"`))
}

/** With `%` where the number of the turn goes. */
const numbered = (line: string) =>
  line.replace(/"(event|item|resp)_(\w+)"(?!:)/g, '"$1_%_$2"').replace(/"at":[\d.]+,/, '"at":%00,')
