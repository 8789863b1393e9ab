// A scripted server of Responses over WebSocket without a socket, for tests: connections that only remember what they were sent.
import type { WireEvent } from "../protocol/event.ts"
import { response, type Scenario, type Step } from "../script/index.ts"
import { createLabels } from "../trace/content.ts"
import { createRecorder } from "../trace/recorder.ts"
import type { Connection } from "../transports/endpoint.ts"
import { createScriptedServer } from "./server.ts"

const header = {
  ...({ scenario: "responses-ws/x", subject: "x", version: "1", protocol: "responses" } as const),
  ...({ can: [], transport: "memory", seed: "1" } as const),
}

/** A server with the app's side of a conversation; `now` runs what the server has planned for later. */
export function begin(settings: Scenario["server"] = {}, faults: Scenario["faults"] = []) {
  const planned: (() => void)[] = []
  const labels = createLabels()
  const recorder = createRecorder({ header, labels, now: () => 0 })
  const clock = {
    ...{ now: () => 0, next: () => undefined, pending: () => 0, reset: () => {}, uninstall: () => {} },
    schedule(afterMs: number, action: () => void) {
      if (afterMs < 1_000) planned.push(action)
      return () => {}
    },
  }
  const scenario = { protocol: "responses" as const, server: settings, faults }
  const scripted = createScriptedServer({ scenario, clock, recorder, labels })
  const deliver = () => {
    while (scripted.deliverNext());
  }
  let connections = 0
  return {
    ...{ scripted, recorder, missed: scripted.missed, deliver },
    connect: () => connected(++connections, scripted, deliver),
    plays(...steps: (Step | readonly Step[])[]) {
      for (const step of steps.flat()) if (step.actor === "server") scripted.act(step.action)
      deliver()
    },
    later() {
      for (let next = planned.shift(); next; next = planned.shift()) {
        next()
        deliver()
      }
    },
  }
}

function connected(number: number, { listener }: ReturnType<typeof createScriptedServer>, deliver: () => void) {
  const heard: WireEvent[] = []
  let closed: { code: number } | undefined
  const connection: Connection = {
    ...{ number, url: "/v1/responses", sendBinary: () => {}, silence: () => {} },
    drop: () => {
      closed = { code: 1006 }
    },
    send: (text) => void heard.push(JSON.parse(text)),
    together: (sends) => sends(),
    close: (code) => {
      closed = { code }
    },
    ping: () => Promise.resolve(),
    get reaches() {
      return closed === undefined
    },
  }
  listener.connecting({ number, url: connection.url, headers: {}, drop: () => {} })
  listener.accepted(connection)
  return {
    heard,
    closed: () => closed,
    types: () => heard.map(({ type }) => type.replace("response.", "")),
    last: () => heard.at(-1),
    leaves: () => connection.drop(),
    sends(event: object) {
      listener.message(connection, JSON.stringify(event), false)
      deliver()
    },
    asks(text: string, members: object = {}) {
      this.sends({ type: "response.create", model: "m", input: [{ role: "user", content: text }], ...members })
    },
  }
}

export const [a, b] = [response("a"), response("b")]
