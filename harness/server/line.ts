// One connection as the server sees it: what it means to send (outbox), what is in flight (network), and the model that
// knows what has been said. An event is sent when it leaves the outbox: the model, then the faults, then the network.
import type { Delivery } from "../faults/fault.ts"
import type { Faults } from "../faults/plan.ts"
import type { WireEvent } from "../protocol/event.ts"
import type { Clock } from "../sim/clock.ts"
import type { Recorder } from "../trace/recorder.ts"
import type { Connection } from "../transports/endpoint.ts"
import type { Speaker } from "./speaker.ts"

/** Composes what to send from the model's state at the moment of sending. */
export type Say = () => readonly WireEvent[]

export interface Line {
  readonly connection: Connection
  readonly speaker: Speaker
  /** Events, composed when their turn comes. */
  say(say: Say): void
  /** Anything put on the wire in its turn past the model and the faults; undefined: nothing after all. */
  put(make: () => Delivery | undefined): void
  /** Puts the next thing in flight on the client's side of the wire; false when there is none or all is held. */
  deliverNext(): boolean
  hold(held: boolean): void
  /** A connection that had gone silent is reset at last. */
  endSilence(): void
  /** The last event of a type that was delivered. */
  last(type: string): WireEvent | undefined
}

export interface LineOptions {
  readonly connection: Connection
  readonly speaker: Speaker
  readonly recorder: Recorder
  readonly clock: Clock
  readonly faults: Faults
  /** Told what the story asked for and the model cannot say now. */
  readonly missed: string[]
}

export function createLine({ connection, speaker, recorder, clock, faults, missed }: LineOptions): Line {
  const outbox: (() => void)[] = []
  const network: Delivery[] = []
  const lastOf = new Map<string, WireEvent>()
  /** Of the network, so much is on the wire already: a transport may put it there before its turn. */
  let announced = 0
  let held = false
  let delayed = false
  let silent = false

  const say = (compose: Say) =>
    outbox.push(() => {
      for (const event of composed(compose, missed)) {
        speaker.apply(event)
        network.push(...faults.strike(event, connection))
      }
    })
  const put = (make: () => Delivery | undefined) =>
    outbox.push(() => {
      const delivery = make()
      if (delivery) network.push(delivery)
    })
  const deliver = (delivery: Delivery) => {
    const fault = delivery.fault === undefined ? {} : { fault: delivery.fault }
    const { number } = connection
    switch (delivery.kind) {
      case "event":
        lastOf.set(delivery.event.type, delivery.event)
        for (const event of speaker.outgoing(delivery.event)) {
          recorder.record({ lane: "server", connection: number, ...fault, kind: "event", event })
          connection.send(JSON.stringify(event), delivery.splitAt)
        }
        return
      case "text":
        recorder.record({
          lane: "server",
          connection: number,
          ...fault,
          kind: "text",
          text: delivery.text.slice(0, 500),
        })
        return connection.send(delivery.text)
      case "binary":
        recorder.record({ lane: "server", connection: number, ...fault, kind: "binary", bytes: delivery.bytes })
        return connection.sendBinary(new Uint8Array(delivery.bytes))
      case "close":
        recorder.record({
          lane: "server",
          connection: number,
          ...fault,
          kind: "closed",
          code: delivery.code,
          reason: delivery.reason,
        })
        return connection.close(delivery.code, delivery.reason)
      case "drop":
        recorder.record({ lane: "server", connection: number, ...fault, kind: "dropped" })
        return connection.drop(delivery.reset)
      case "silence":
        recorder.record({ lane: "server", connection: number, ...fault, kind: "silent" })
        silent = true
        return connection.silence()
    }
  }
  const waitFor = (ms: number) => {
    delayed = true
    clock.schedule(ms, () => {
      delayed = false
    })
  }
  return {
    connection,
    speaker,
    say,
    put,
    deliverNext() {
      while (network.length === 0 || held || delayed) {
        const send = outbox.shift()
        if (send) send()
        else if (!deliverLate()) return false
      }
      const first = network[0]
      if (first?.kind === "event" && first.afterMs !== undefined) {
        network[0] = { ...first, afterMs: undefined }
        waitFor(first.afterMs)
        return true
      }
      network.shift()
      if (first && connection.reaches) deliverTogether(first)
      return true
    },
    hold: (next) => {
      held = next
    },
    endSilence() {
      if (!silent) return
      silent = false
      recorder.record({ lane: "server", connection: connection.number, kind: "dropped" })
      connection.drop(true)
    },
    last: (type) => lastOf.get(type),
  }

  /** Tells the transport what follows. What is in flight can change no more, and whatever the client answers comes behind it. */
  function announce(): number {
    if (!connection.foresee || !speaker.isVerbatim) return 0
    const texts: string[] = []
    for (const [at, each] of network.entries()) {
      const next = network[at + 1]
      const isPlain = each.kind === "event" && each.afterMs === undefined && !each.splitAt && !each.joined
      if (!isPlain || (next?.kind === "event" && next.joined)) break
      texts.push(JSON.stringify(each.event))
    }
    return texts.length > 0 && connection.foresee(texts) ? texts.length : 0
  }

  /** Nothing else is left to say: what a fault held back comes now, if faults are over. */
  function deliverLate(): boolean {
    if (held || delayed) return false
    const late = faults.late(connection)
    network.push(...late)
    return late.length > 0
  }

  /** Deliveries joined to their predecessor leave in one chunk with it. */
  function deliverTogether(first: Delivery) {
    const group = [first]
    for (let next = network[0]; next?.kind === "event" && next.joined; next = network[0]) {
      group.push(next)
      network.shift()
    }
    if (group.length === 1) {
      deliver(first)
      announced = announced > 0 ? announced - 1 : announce()
    } else
      connection.together(() => {
        // What the first of them does to the line, it does to the rest.
        for (const each of group) if (connection.reaches) deliver(each)
      })
  }
}

/** The composer refuses, by an Error as plain as that, what would break the protocol: the client or a fault has led the
 * story to where its step cannot happen. */
function composed(compose: Say, missed: string[]): readonly WireEvent[] {
  try {
    return compose()
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "Error") throw error
    missed.push(`the server could not say what comes next: ${error.message}`)
    return []
  }
}
