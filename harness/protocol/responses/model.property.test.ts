// Properties of the model: whatever a story composes lawfully breaks no rule and no schema in either profile, all listed
// transitions can be taken, and no JSON whatever makes it throw.

import fc from "fast-check"
import { expect, it } from "vitest"
import type { WireEvent } from "../event.ts"
import { parseFrame, responsesInventory } from "../parse.ts"
import { countingIds } from "../realtime/ids.ts"
import { transitionId } from "../state-machine.ts"
import type { ResponseOutcome } from "./compose-terminal.ts"
import type { ErrorShape } from "./errors.ts"
import { inFlight, inFlightAtMost } from "./lanes.ts"
import { createResponsesModel, type Profile } from "./model.ts"
import { createRig, output, type Rig } from "./rig.test-support.ts"
import { RULES } from "./rules.ts"
import { TRANSITIONS } from "./transitions.ts"

const SEED = 20261121

/** One thing that a client or the server may do now; does nothing where it would not be lawful. `pick` chooses. */
type Act = (rig: Rig, pick: number) => void

const choose = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(list.length, 1)]
const SHAPES: readonly ErrorShape[] = ["wrapped", "wrapped-without-status", "flat", "nested"]
const OUTCOMES: readonly ResponseOutcome[] = [
  { status: "completed" },
  { status: "completed", withoutOutput: true },
  { status: "failed" },
  { status: "failed", errorFirst: "nested" },
  { status: "incomplete" },
  { status: "incomplete", reason: "content_filter" },
  { status: "incomplete", reason: "max_messages" },
]

const running = (rig: Rig, pick: number): string | undefined =>
  choose(
    [...rig.state.lanes.values()].flatMap((lane) => lane.running ?? []),
    pick,
  )

const someResponse = (rig: Rig, pick: number): string => choose([...rig.state.responses.keys()], pick) ?? "resp_none"

const lane = (rig: Rig, pick: number) => {
  const stream_id = choose([undefined, undefined, "a", "b", `lane${pick % 40}`], pick)
  return stream_id === undefined || (rig.state.profile === "single" && pick % 7 > 0) ? {} : { stream_id }
}

/** What the newest continuable response of a lane leaves to be answered, answered. */
const continuation = (rig: Rig, pick: number) => {
  const cached = choose(
    [...rig.state.lanes.values()].flatMap((each) => each.cached ?? []),
    pick,
  )
  const outputs = cached?.callsOwed.map(({ callId }) => output(callId)) ?? []
  return { previous_response_id: cached?.id ?? null, input: pick % 5 ? outputs : [] }
}

const ACTS: readonly Act[] = [
  (rig, pick) => rig.hear({ type: "response.create", input: "Hi.", store: pick % 2 === 0, ...lane(rig, pick) }),
  (rig, pick) => rig.hear({ type: "response.create", ...continuation(rig, pick), ...lane(rig, pick) }),
  (rig, pick) => {
    const { key, cached } = choose([...rig.state.lanes.values()], pick) ?? {}
    if (!cached) return
    const input = cached.callsOwed.map(({ callId }) => output(callId))
    const stream_id = key ?? undefined
    rig.hear({ type: "response.create", previous_response_id: cached.id, input, ...(stream_id && { stream_id }) })
  },
  (rig, pick) => rig.hear({ type: "response.create", previous_response_id: someResponse(rig, pick) }),
  (rig, pick) => rig.hear({ type: "response.create", generate: false, ...lane(rig, pick) }),
  (rig, pick) => {
    const metadata = { pick: `${pick}` }
    if (rig.state.owedErrors.length < 3)
      rig.applyClient({ type: "response.create", metadata, ...continuation(rig, pick) })
  },
  (rig) => rig.send(rig.composer.owedErrors().slice(0, 1)),
  (rig) => rig.hear({ type: "response.cancel" }),
  (rig, pick) => rig.forget(someResponse(rig, pick)),
  start,
  start,
  start,
  (rig, pick) => {
    const pending = choose(rig.composer.startable(), pick)
    const shape = choose(SHAPES, pick)
    if (pending && shape)
      rig.send(rig.composer.error({ for: pending, code: "rate_limit_exceeded", message: "No.", shape }))
  },
  streaming((rig, id, pick) => rig.composer.textDelta(id, `word${pick} `)),
  streaming((rig, id, pick) => rig.composer.textDelta(id, "named ", { item: `item${pick % 2}` })),
  streaming((rig, id) => rig.composer.refusalDelta(id, "no ")),
  streaming((rig, id) => rig.composer.reasoningDelta(id, "hm ")),
  streaming((rig, id, pick) => {
    // A call that is finished is not told again.
    const calls = (rig.state.responses.get(id)?.items ?? []).filter((item) => item.type === "function_call")
    const open = calls.find((item) => item.phase === "open")
    const call_id = `${id}_call${pick % 2 && open ? calls.indexOf(open) : calls.length}`
    return rig.composer.callDelta(id, { call_id, name: "look", argumentsPart: `${pick}` })
  }),
  streaming((rig, id) =>
    rig.state.responses.get(id)?.items.some(({ phase }) => phase === "open") ? rig.composer.finishItem(id) : [],
  ),
  ending((rig, id, pick) => rig.composer.finishResponse(id, choose(OUTCOMES, pick))),
  ending((rig, id) => rig.composer.finishResponse(id)),
  ending((rig, id) => {
    const steered = rig.state.steers.some((steer) => steer.parentId === id && steer.phase === "queued")
    return steered ? rig.composer.finishResponse(id, { status: "incomplete", reason: "steered" }) : []
  }),
  ending((rig, id, pick) => {
    const shape = choose(SHAPES, pick)
    return rig.composer.error({ for: id, message: "Sorry.", ...(shape ? { shape } : {}) })
  }),
  (rig, pick) => {
    const id = running(rig, pick) ?? someResponse(rig, pick)
    const event = { type: "response.steer", previous_response_id: id, input: pick % 5 ? "Shorter." : [] }
    if (rig.state.profile === "lanes") rig.hear(event)
  },
  succeed,
  succeed,
  (rig) => {
    const parent = rig.composer.successorsOwed()[0]
    const steer = rig.state.steers.find(({ parentId, phase }) => parentId === parent && phase === "queued")
    if (steer) rig.send(rig.composer.steerFailed(steer))
  },
  (rig) => {
    const rests = rig.state.lanes.get(null)?.running === null
    const waits = rig.state.pending.some((pending) => pending.lane === null)
    if (rests && !waits) rig.send(rig.composer.error({ message: "The server had an error.", type: "server_error" }))
  },
  (rig) => rig.send([{ type: "keepalive" }]),
]

/** Starts what may start; now and then leaves it at response.created, or queued, before it goes on. */
function start(rig: Rig, pick: number): void {
  const pending = choose(rig.composer.startable(), pick)
  if (pending === undefined) return
  const events = rig.composer.startResponse({ for: pending, queued: pick % 3 === 0 })
  rig.send(pick % 11 < 2 && events.length > 1 ? events.slice(0, -1) : events)
}

function succeed(rig: Rig): void {
  const [parent] = rig.composer.successorsOwed()
  if (parent !== undefined && inFlight(rig.state) < inFlightAtMost) {
    rig.send(rig.composer.startResponse({ after: parent }))
  }
}

/** Sends what is due before output: response.in_progress, when the start was left unfinished. */
function progress(rig: Rig, id: string): void {
  const response = rig.state.responses.get(id)
  if (response === undefined || response.phase === "active") return
  const { nextSequence: sequence_number, lane: stream_id } = response
  const stamp = stream_id === null ? {} : { stream_id }
  rig.send([{ type: "response.in_progress", sequence_number, response: response.wire, ...stamp }])
}

function streaming(compose: (rig: Rig, id: string, pick: number) => WireEvent[]): Act {
  return (rig, pick) => {
    const id = running(rig, pick)
    if (id === undefined || rig.state.responses.get(id)?.generates !== true) return
    progress(rig, id)
    rig.send(compose(rig, id, pick))
  }
}

function ending(compose: (rig: Rig, id: string, pick: number) => WireEvent[]): Act {
  return (rig, pick) => {
    const id = running(rig, pick)
    if (id === undefined) return
    if (
      compose(rig, id, pick)
        .at(-1)
        ?.type.match(/completed|incomplete|steer/)
    )
      progress(rig, id)
    rig.send(compose(rig, id, pick))
  }
}

/** Ends everything that runs or waits: a lawful server can always come to rest. */
function settle(rig: Rig): void {
  rig.send(rig.composer.owedErrors())
  for (let round = 0; round < 500; round += 1) {
    const id = running(rig, 0)
    if (id !== undefined) ending(() => rig.composer.finishResponse(id))(rig, 0)
    else if (rig.composer.successorsOwed().length > 0) succeed(rig)
    else if (rig.composer.startable().length > 0) rig.send(rig.composer.startResponse())
    else return
  }
}

const profiles: readonly Profile[] = ["single", "lanes"]

it.each(profiles)("what is composed and applied in turn breaks no rule (%s)", (profile) => {
  const taken = new Set<string>()
  const steps = fc.array(fc.tuple(fc.nat(ACTS.length - 1), fc.nat(1000)), { maxLength: 100, size: "max" })
  fc.assert(
    fc.property(steps, (acts) => {
      const rig = schemaChecked(createRig({ profile }))
      for (const [act, pick] of acts) ACTS[act]?.(rig, pick)
      settle(rig)
      expect([inFlight(rig.state), rig.state.pending, rig.state.owedErrors]).toEqual([0, [], []])
      for (const id of rig.state.transitionsTaken) taken.add(id)
    }),
    { seed: SEED, numRuns: 400 },
  )
  if (profile === "single") return
  const missed = TRANSITIONS.map(transitionId).filter((id) => !taken.has(id))
  expect(missed).toEqual(["connection: open -> limited on error{websocket_connection_limit_reached}"])
})

/** Everything sent is an event of the inventory, in its declared shape. */
function schemaChecked(rig: Rig): Rig {
  const send: Rig["send"] = (events) => {
    for (const event of events) {
      const frame = parseFrame(JSON.stringify(event), false, responsesInventory, "server")
      if (event.type !== "keepalive") expect(frame).toMatchObject({ kind: "event", known: true, problems: [] })
    }
    return rig.send(events)
  }
  return { ...rig, send, hear: (event) => send(rig.applyClient(event)) }
}

const TYPES = [
  ...["error", "response.created", "response.queued", "response.in_progress", "response.completed"],
  ...["response.failed", "response.incomplete", "response.output_item.added", "response.output_item.done"],
  ...["response.content_part.added", "response.content_part.done", "response.output_text.delta"],
  ...["response.output_text.done", "response.refusal.delta", "response.function_call_arguments.delta"],
  ...["response.function_call_arguments.done", "response.reasoning_summary_part.added"],
  ...["response.reasoning_summary_text.done", "response.reasoning_text.delta", "response.web_search_call.completed"],
  ...["response.audio.delta", "response.steer.accepted", "response.steer.pending", "response.steer.failed"],
  ...["response.create", "response.create", "response.create", "response.steer", "keepalive", "__proto__", "toString"],
]

const junk = fc.jsonValue({ maxDepth: 1 })

/** Few ids, so that events hit each other; members of any shape. */
const idOrJunk = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("a", "b", "resp_1", "steer_1") },
  { weight: 1, arbitrary: junk },
)
const inner = fc.oneof(
  junk,
  fc.record(
    {
      ...{ id: idOrJunk, status: fc.oneof(fc.constantFrom("completed", "in_progress"), junk), call_id: idOrJunk },
      ...{ type: fc.constantFrom("message", "function_call", "function_call_output", "output_text", 7), output: junk },
      ...{ content: junk, summary: junk, error: junk, incomplete_details: junk, metadata: junk, code: junk },
      ...{ previous_response_id: idOrJunk, message: junk, name: junk, arguments: junk },
    },
    { requiredKeys: [] },
  ),
)
const anyEvent = fc.record(
  {
    ...{ type: fc.constantFrom(...TYPES), stream_id: idOrJunk, item_id: idOrJunk, previous_response_id: idOrJunk },
    ...{ item: inner, response: inner, error: inner, part: inner, steer: inner, delta: junk, text: junk },
    ...{ output_index: fc.oneof(fc.nat(2), junk), content_index: fc.oneof(fc.nat(1), junk) },
    ...{ summary_index: fc.oneof(fc.nat(1), junk), sequence_number: fc.oneof(fc.nat(4), junk) },
    ...{ input: fc.oneof(junk, fc.array(inner)), generate: junk, store: junk, code: junk, message: junk },
  },
  { requiredKeys: ["type"] },
)

it("never throws, whatever JSON either side sends, and breaks only rules of the table", () => {
  const rules = new Set<string>(RULES.map(({ id }) => id))
  const sent = fc.array(fc.tuple(fc.boolean(), anyEvent), { maxLength: 40, size: "max" })
  fc.assert(
    fc.property(fc.constantFrom(...profiles), sent, (profile, messages) => {
      const model = createResponsesModel({ ids: countingIds(), profile })
      for (const [byClient, event] of messages) {
        const wire = event as WireEvent
        const breaks = byClient ? model.clientBreaks(wire) : model.applyServer(wire)
        for (const { rule, party } of breaks) {
          expect(byClient ? rule.startsWith("client/") : rules.has(rule)).toBe(true)
          expect(party).toBe(byClient ? "client" : "server")
        }
        if (byClient) for (const answer of model.applyClient(wire)) expect(answer.type).toMatch(/^error$|steer/)
      }
    }),
    { seed: SEED, numRuns: 150 },
  )
})
