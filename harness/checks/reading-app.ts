// Reads the app lane: which requests the app made, and which futures it was handed for them.
import type { EntryOf } from "../trace/trace.ts"
import type { FutureReading, Reading, RequestReading } from "./reading.ts"

export function readPerformed(entry: EntryOf<"app", "performed">, reading: Reading) {
  const { operation } = entry
  const { do: what } = operation
  if (what !== "say" && what !== "request" && what !== "commit" && what !== "warm-up") return
  reading.requests.push({
    name: operation.request,
    operation,
    performed: entry,
    outOfBand: operation.do === "request" && operation.outOfBand === true,
    futures: [],
    creates: [],
    evidence: undefined,
    refused: undefined,
    servedByServer: false,
  })
}

export function readOpened(entry: EntryOf<"app", "opened">, reading: Reading) {
  const future = futureOf(entry.future, reading)
  if (future.opened) return
  future.opened = entry
  if (entry.request === undefined) return
  future.request = requestNamed(entry.request, reading)
  if (entry.of === "reply" || entry.of === "stream") future.request?.futures.push(future)
}

export function readSettled(entry: EntryOf<"app", "settled">, reading: Reading) {
  futureOf(entry.future, reading).settled.push(entry)
}

export function readRefused(entry: EntryOf<"app", "refused">, reading: Reading) {
  const name = "request" in entry.operation ? entry.operation.request : undefined
  const request = name === undefined ? undefined : requestNamed(name, reading)
  if (request && request.operation.do === entry.operation.do) request.refused = entry
}

function futureOf(id: string, reading: Reading): FutureReading {
  const known = reading.futures.get(id)
  if (known) return known
  const future: FutureReading = { id, opened: undefined, settled: [], request: undefined }
  reading.futures.set(id, future)
  return future
}

/** Names are unique in a story; should one be used again, the later request is meant. */
function requestNamed(name: string, reading: Reading): RequestReading | undefined {
  return reading.requests.findLast((request) => request.name === name)
}
