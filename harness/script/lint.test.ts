// What is said of scenarios that cannot be: one sentence, with the scenario and the step.
import { describe, expect, it } from "vitest"
import {
  absent,
  catalogue,
  client,
  network,
  response,
  type Scenario,
  ScenarioFault,
  scenario,
  server,
  time,
  user,
} from "./index.ts"
import { lintScenario } from "./lint.ts"

const one = response("one")
const two = response("two")
type Story = Parameters<typeof scenario>[0]["story"]

const told = (story: Story, more: Partial<Scenario> = {}): Scenario =>
  scenario({
    id: "turn/an-example",
    title: "A title of some length",
    cites: ["response.create"],
    grade: "documented",
    source: "PROTOCOL.md B.1",
    needs: [],
    judgedBy: ["no-crash"],
    ...more,
    story,
  })
const wrongWith = (story: Story, more: Partial<Scenario> = {}) => lintScenario(told(story, more))
const asked = [user.says("a"), server.startsResponse(one, { for: "a" })]

describe("catalogue", () => {
  it("gives back what is right", () => {
    const right = [told([...asked, server.streams(one), server.finishes(one), user.mustHear(one)])]
    expect(catalogue(right)).toBe(right)
  })

  it("throws ScenarioFault with the file and the step", () => {
    const bad = [told([user.says("a"), server.streams(one)])]
    expect(() => catalogue(bad)).toThrow(ScenarioFault)
    expect(() => catalogue(bad)).toThrow(
      /^scenario "turn\/an-example": step 2 \(server acts .*\) goes on with the response "one", which was not started before; mend scenarios\/turn\/an-example\.ts\.$/,
    )
  })

  it("finds an id that two scenarios have", () => {
    expect(() => catalogue([told([user.says("a")]), told([user.says("b")])])).toThrow(
      "its id is another scenario's, too",
    )
  })

  it("finds situations and faults that do not exist", () => {
    expect(wrongWith([user.says("a")], { situations: ["C01", "Z99"] })).toContain("there is no situation Z99")
    expect(wrongWith([user.says("a")], { faults: [{ fault: "gremlins", at: { type: "*", nth: 1 } }] })).toContain(
      'there is no fault "gremlins"',
    )
  })
})

describe("steps that cannot happen", () => {
  const cases: readonly (readonly [string, Story, string])[] = [
    ["a response for a request never asked", [server.startsResponse(one, { for: "b" })], 'step 1.*"b", which nobody'],
    ["a refusal of a request never asked", [server.errors({ code: "x", for: "b" })], '"b", which nobody'],
    ["a request asked twice", [user.says("a"), user.says("a")], "a second time"],
    [
      "a response started twice",
      [...asked, server.finishes(one), server.startsResponse(one, { for: "a" })],
      "second time",
    ],
    ["output after the end", [...asked, server.finishes(one), server.streams(one)], "is over: it has been finished"],
    ["a second end", [...asked, server.finishes(one), server.fails(one)], "is over"],
    ["two active default responses", [...asked, server.startsResponse(two, { for: null })], 'while "one" is active'],
    ["output after a barge-in", [...asked, server.hearsSpeech("starts"), server.streams(one)], "the user spoke"],
    ["an item closed that was never opened", [...asked, server.finishesItem(one)], "none is open"],
    ["speech that stops and never began", [server.hearsSpeech("stops")], "the user is idle, not speaking"],
    ["silence in the middle of speech", [server.hearsSpeech("starts"), server.hearsNothing()], "middle of speech"],
    ["output after a drop", [...asked, network.drops(), server.streams(one)], "the connection is gone"],
    ["a drop after a drop", [network.drops(), network.drops()], "there is none"],
    ["output on a silent line", [...asked, network.goesSilent(), server.streams(one)], "has gone silent"],
    ["anything after the session expired", [server.expires(), server.tellsRateLimits()], "has expired"],
    ["release of what is not held", [network.releases()], "nothing holds"],
    ["acknowledgements that were not kept back", [server.acknowledgesNow()], "nothing keeps back"],
    ["a tool that is not offered", [...asked, server.callsTool(one, "book")], 'the tool "book"'],
    ["waiting for a request never asked", [time.passes({ untilSettled: "b" })], '"b", which nobody'],
    ["a cancel of a request never asked", [user.cancels("b")], '"b", which nobody'],
    ["hearing a response never started", [user.mustNotHear(one)], "was not started before"],
    ["hearing a response that said nothing", [...asked, user.mustHear(one)], "nothing was streamed"],
  ]
  it.each(cases)("%s", (_what, story, said) => expect(wrongWith(story)).toMatch(new RegExp(said)))

  it("finds a step without a connection, before and after connect()", () => {
    expect(wrongWith([server.hearsTurn()], { begins: "unconnected" })).toContain("nobody has connected yet")
    expect(wrongWith([user.connects(), server.hearsTurn()], { begins: "unconnected" })).toBeUndefined()
    const refused = [network.refuses({ status: 503 }), user.connects(), server.hearsTurn()]
    expect(wrongWith(refused, { begins: "unconnected" })).toContain("nobody has connected yet")
  })

  it("lets a new connection make things possible again", () => {
    const again = [
      ...asked,
      network.drops(),
      time.passes({ untilConnected: true }),
      server.startsResponse(two, { for: null }),
    ]
    expect(wrongWith(again)).toBeUndefined()
  })

  it("knows that a client of Responses dials when it asks", () => {
    const again = [...asked, network.drops(), user.says("b"), server.startsResponse(two, { for: "b" })]
    expect(wrongWith(again, { protocol: "responses" })).toBeUndefined()
    expect(wrongWith([...asked, network.drops(), server.streams(one)], { protocol: "responses" })).toContain("is over")
  })

  it("takes a cancelled response for over or not, as the story goes on", () => {
    expect(wrongWith([...asked, user.cancels(), server.startsResponse(two, { for: null })])).toBeUndefined()
    expect(wrongWith([...asked, user.cancels(), server.streams(one)])).toBeUndefined()
    expect(
      wrongWith([...asked, server.cancelsLate(), user.cancels(), server.startsResponse(two, { for: null })]),
    ).toContain('while "one" is active')
  })

  it("asks nothing of declared faults", () => {
    const stray = server.sends({ type: "response.done", response: { id: "resp_stranger" } })
    expect(
      wrongWith([stray, server.sendsText("{"), server.sendsBinary(), server.repeats("response.done")]),
    ).toBeUndefined()
  })

  it("lets out-of-band responses run beside others", () => {
    const aside = user.requestsReply("b", { outOfBand: true })
    expect(wrongWith([...asked, aside, server.startsResponse(two, { for: "b" })])).toBeUndefined()
  })
})

describe("expectations that contradict each other", () => {
  const started = [...asked, server.streams(one)]
  const cases: readonly (readonly [string, Story, string])[] = [
    ["heard and not heard", [...started, user.mustHear(one), user.mustNotHear(one)], "contradicts step 4"],
    [
      "resolved and rejected",
      [...asked, user.mustSettle("a", { as: "resolved" }), user.mustSettle("a", { as: "rejected" })],
      "as resolved or as rejected",
    ],
    [
      "rejected with two codes",
      [user.says("a"), user.mustSettle("a", { code: "x" }), user.mustSettle("a", { code: "y" })],
      "with code x or y",
    ],
    [
      "pending after it settled",
      [user.says("a"), user.mustSettle("a"), user.mustBePending("a")],
      "has settled by step 2",
    ],
    ["no failure after a failure", [user.mustSeeError(), user.mustNotSeeError()], "step 1 wants one"],
    [
      "sent fewer times than before",
      [client.mustHaveSent(2, "response.create"), client.mustHaveSent(1, "response.create")],
      "cannot fall from 2 to 1",
    ],
    [
      "heard less audio than before",
      [client.mustHaveSentAudio({ ms: 200 }), client.mustHaveSentAudio({ ms: 100 })],
      "cannot fall",
    ],
    ["connected fewer times than before", [client.mustHaveConnected(2), client.mustHaveConnected(1)], "cannot fall"],
    [
      "sent what may not be sent",
      [client.mustNotSend("response.create"), client.mustSend("response.create")],
      "from which on no response.create",
    ],
  ]
  it.each(cases)("%s", (_what, story, said) => expect(wrongWith(story)).toMatch(new RegExp(said)))

  it("sees what agrees", () => {
    const named = { response_id: one.id }
    expect(wrongWith([user.says("a"), user.mustBePending("a"), user.mustSettle("a")])).toBeUndefined()
    expect(wrongWith([user.says("a"), user.mustSettle("a"), user.mustSettle("a", { as: "rejected" })])).toBeUndefined()
    expect(
      wrongWith([
        client.mustNotSend("response.cancel", { response_id: absent }),
        client.mustSend("response.cancel", named),
      ]),
    ).toBeUndefined()
    expect(wrongWith([client.mustSend("response.create"), client.mustNotSend("response.create")])).toBeUndefined()
  })

  it("keeps futures of several kinds apart", () => {
    const stream = user.mustSettle("a", { kind: "stream", as: "rejected" })
    expect(wrongWith([user.says("a"), user.mustSettle("a", { as: "resolved" }), stream])).toBeUndefined()
  })
})
