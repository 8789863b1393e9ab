// The scripted server: a correct OpenAI server (the model of its protocol) that a story makes deviate. It owns no socket
// and no clock: a transport brings connections and asks for the next delivery, so that one thing happens at a time.
import { applyPlan, type Faults } from "../faults/plan.ts"
import { parseFrame } from "../protocol/parse.ts"
import type { DialectName } from "../protocol/realtime/dialects.ts"
import type { Refusal } from "../protocol/realtime/refusals.ts"
import type { Scenario } from "../script/scenario.ts"
import type { NetworkAction, ServerAction } from "../script/steps.ts"
import type { Clock } from "../sim/clock.ts"
import type { Labels } from "../trace/content.ts"
import type { Recorder } from "../trace/recorder.ts"
import type { Admission, Listener } from "../transports/endpoint.ts"
import { createActions } from "./actions.ts"
import { createGreetings, type Farewell } from "./greetings.ts"
import { createLine, type Line } from "./line.ts"
import { actOnNetwork } from "./network.ts"
import { realtimeProtocol } from "./realtime.ts"
import { createRecorded, type Recorded } from "./recorded.ts"
import { createReplies } from "./replies.ts"
import { responsesProtocol } from "./responses.ts"

/** A client that sends more than this in one case has lost its way. */
const clientEventsAtMost = 5_000
/** OpenAI pings about every 20.3 s (PROTOCOL.md A.1, probe). */
const pingEveryMs = 20_300

export interface ScriptedServer {
  readonly listener: Listener
  /** The app asked for this, in these words if it used any: the response.create that follows is for it. */
  expects(request: string, text?: string): void
  act(action: ServerAction): void
  actOnNetwork(action: NetworkAction): void
  /** Faults stop, what is held is released, and from here on every create is answered like OpenAI would. */
  heal(): void
  /** Puts the next thing in flight before the client; false when nothing waits. */
  deliverNext(): boolean
  /** Of all connections: transitions of the protocol's state machines that were taken. */
  transitions(): ReadonlySet<string>
  /** What the story asked for and the server could not do, because the client never gave occasion. */
  readonly missed: string[]
  /** Where it says what was recorded: what each connection has sent. */
  readonly recorded: Recorded | undefined
  /** Some connection is open and reaches the client. */
  isConnected(): boolean
}

export interface ServerOptions {
  readonly scenario: Pick<Scenario, "protocol" | "server" | "faults">
  readonly clock: Clock
  readonly recorder: Recorder
  readonly labels: Labels
  /** Whose server it is; default openai. */
  readonly dialect?: DialectName
}

/** What the server's parts share within one case. */
export interface Stage {
  readonly clock: Clock
  readonly recorder: Recorder
  readonly labels: Labels
  readonly lines: Line[]
  readonly faults: Faults
  readonly missed: string[]
  /** How the next connection attempts are met; empty: accepted. */
  readonly admissions: Admission[]
  /** What the next connections are told before they are closed again; empty: a session. */
  readonly farewells: Farewell[]
  /** Why the next session.updates are refused. */
  readonly updateRefusals: Refusal[]
  /** A response.cancel that is accepted does not end its response: the story does. */
  cancelsLate: boolean
  /** Acknowledgements are kept here while the story has them come later. */
  acknowledgements: (() => void)[] | undefined
  readonly recorded: Recorded | undefined
  healed: boolean
}

export function createScriptedServer(options: ServerOptions): ScriptedServer {
  const { scenario, clock, recorder, labels, dialect = "openai" } = options
  const stage: Stage = {
    clock,
    recorder,
    labels,
    lines: [],
    faults: applyPlan(scenario.faults ?? []),
    missed: [],
    admissions: [],
    farewells: [],
    updateRefusals: [],
    cancelsLate: false,
    acknowledgements: undefined,
    recorded: scenario.server?.asRecorded && createRecorded(scenario.server.asRecorded),
    healed: false,
  }
  const protocol =
    scenario.protocol === "responses"
      ? responsesProtocol(scenario.server)
      : realtimeProtocol(stage, scenario.server, dialect)
  const { claims } = protocol
  const replies = createReplies(stage)
  const actions = createActions(stage, claims)
  const greetings = createGreetings(stage, scenario.server)
  const isTelling = () => stage.recorded !== undefined && !stage.healed
  const unanswered: (() => void)[] = []
  let clientEvents = 0

  const hear = (line: Line, data: string | Uint8Array, isBinary: boolean) => {
    if (++clientEvents > clientEventsAtMost) return flood(line)
    const frame = parseFrame(data, isBinary, protocol.inventory, "client")
    const connection = line.connection.number
    if (frame.kind === "event") recorder.record({ lane: "client", connection, kind: "event", event: frame.event })
    else
      recorder.record({
        lane: "client",
        connection,
        kind: "text",
        text: frame.text.slice(0, 500),
        reason: frame.reason,
      })
    if (frame.kind === "event") stage.recorded?.heard(connection, frame.event)
    if (frame.kind === "event" && line.speaker.hearsInTurn(frame.event) && !isTelling())
      return line.say(() => line.speaker.hear(frame.event))
    const waitedBefore = new Set(line.speaker.waiting())
    const answers = line.speaker.hear(frame.kind === "event" ? frame.event : frame)
    for (const create of line.speaker.waiting()) {
      if (waitedBefore.has(create)) continue
      claims.claim(create)
      if (stage.healed) replies.answer(line, create)
    }
    if (!isTelling()) answer(line, answers)
  }
  const answer = (line: Line, answers: readonly { type: string }[]) => {
    const backlog = stage.acknowledgements
    for (const event of answers) {
      const say = () => line.say(() => [event])
      if (backlog && event.type !== "error" && !event.type.startsWith("response.")) backlog.push(say)
      else say()
    }
  }
  const flood = (line: Line) => {
    if (clientEvents === clientEventsAtMost + 1)
      recorder.record({ lane: "client", connection: line.connection.number, kind: "flooded", events: clientEvents })
    line.connection.drop()
  }

  return {
    listener: {
      connecting({ number, url, headers, drop }) {
        recorder.record({ lane: "client", connection: number, kind: "connects", url })
        const admission = stage.admissions.shift() ?? { as: "accept" }
        if (admission.as === "ignore") unanswered.push(drop)
        if (admission.as === "refuse")
          recorder.record({ lane: "server", connection: number, kind: "refused", status: admission.status })
        if (admission.as === "accept" || admission.as === "accept-late") greetings.expect(number, headers)
        return admission
      },
      accepted(connection) {
        recorder.record({ lane: "server", connection: connection.number, kind: "accepted" })
        const speaker = protocol.speaker(connection)
        const line = createLine({ connection, speaker, ...stage })
        stage.lines.push(line)
        stage.recorded?.accepted(connection.number)
        if (!isTelling()) greetings.greet(line)
        keepPinging(clock, line)
      },
      message(connection, data, isBinary) {
        const line = stage.lines.find((each) => each.connection === connection)
        if (line) hear(line, data, isBinary)
      },
      closed(connection, code, reason) {
        recorder.record({ lane: "client", connection: connection.number, kind: "closed", code, reason })
      },
    },
    expects: (request, text) => claims.expect(request, text),
    act: (action) => actions.act(action),
    actOnNetwork: (action) => actOnNetwork(stage, action),
    heal() {
      stage.healed = true
      stage.faults.stop()
      stage.admissions.length = 0
      stage.farewells.length = 0
      stage.updateRefusals.length = 0
      stage.cancelsLate = false
      for (const drop of unanswered) drop()
      actions.act({ does: "acknowledges", from: "now" })
      for (const line of stage.lines) {
        line.hold(false)
        line.endSilence()
        replies.finishAll(line)
      }
    },
    deliverNext: () => stage.lines.some((line) => line.deliverNext()),
    transitions: () => new Set(stage.lines.flatMap((line) => [...line.speaker.transitions()])),
    missed: stage.missed,
    recorded: stage.recorded,
    isConnected: () => stage.lines.some((line) => line.connection.reaches),
  }
}

function keepPinging(clock: Clock, line: Line) {
  clock.schedule(pingEveryMs, () => {
    if (!line.connection.reaches) return
    void line.connection.ping()
    keepPinging(clock, line)
  })
}
