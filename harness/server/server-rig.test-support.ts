// A scripted Realtime server without a socket, for tests: connections that only remember what they were sent.
import { afterAll, beforeEach } from "vitest"
import type { WireEvent } from "../protocol/event.ts"
import { response, type Scenario, type Step } from "../script/index.ts"
import { installClock } from "../sim/clock.ts"
import { createLabels } from "../trace/content.ts"
import { createRecorder } from "../trace/recorder.ts"
import type { Connection } from "../transports/endpoint.ts"
import { createScriptedServer, type ScriptedServer } from "./server.ts"

const clock = installClock()
afterAll(() => clock.uninstall())
beforeEach(() => clock.reset())

const header = {
  ...({ scenario: "turn/x", subject: "s", version: "1", protocol: "realtime", can: [], seed: "1" } as const),
  transport: "memory",
} as const

/** A server with connections that only remember. */
export function createRig(scenario: Pick<Scenario, "protocol" | "server" | "faults"> = {}) {
  const labels = createLabels()
  const recorder = createRecorder({ header, now: clock.now, labels })
  const server = createScriptedServer({ scenario, clock, recorder, labels })
  const wire: (WireEvent | string)[] = []
  let dialled = 0
  const connect = (headers: Record<string, string> = {}) => {
    const number = ++dialled
    let reaches = true
    const end = (how: string) => {
      if (reaches) wire.push(how)
      reaches = false
    }
    const connection: Connection = {
      number,
      url: "/v1/realtime?model=m",
      get reaches() {
        return reaches
      },
      send: (text) => void wire.push(text === "{" ? text : JSON.parse(text)),
      sendBinary: (bytes) => void wire.push(`${bytes.length} bytes`),
      together: (sends) => sends(),
      close: (code) => end(`closed ${code}`),
      drop: (reset) => end(reset ? "reset" : "dropped"),
      silence: () => end("silent"),
      ping: async () => {},
    }
    const admission = server.listener.connecting({ number, url: connection.url, headers, drop: () => end("let go") })
    if (admission.as === "accept") server.listener.accepted(connection)
    return { admission, connection }
  }
  const deliver = () => {
    while (server.deliverNext());
    return wire.splice(0)
  }
  return { server, recorder, connect, deliver, wire, opened: () => opened(connect, deliver, server) }
}

/** A connection on which the session has been greeted. */
function opened(connect: () => { connection: Connection }, deliver: () => unknown, { listener }: ScriptedServer) {
  const { connection } = connect()
  deliver()
  const send = (event: object) => listener.message(connection, JSON.stringify(event), false)
  return { connection, send }
}

export const act = (server: ScriptedServer, ...steps: (Step | Step[])[]) => {
  for (const step of steps.flat()) {
    if (step.actor === "server") server.act(step.action)
    if (step.actor === "network") server.actOnNetwork(step.action)
  }
}
export const types = (sent: readonly (WireEvent | string)[]) =>
  sent.map((each) => (typeof each === "string" ? each : each.type))
export const create = { type: "response.create", event_id: "c1" }
export const reply = response("reply")

/** Virtual time, with what it brings. */
export function pass(ms: number, deliver: () => (WireEvent | string)[]) {
  const sent: (WireEvent | string)[] = []
  let over = false
  clock.schedule(ms, () => {
    over = true
  })
  while (!over) {
    clock.next()
    sent.push(...deliver())
  }
  return sent
}
