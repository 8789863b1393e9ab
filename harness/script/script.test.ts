import { describe, expect, it } from "vitest"
import { absent, client, present, response, type Scenario, ScenarioFault, scenario, server, user } from "./index.ts"
import { matches } from "./match.ts"
import { describeStep } from "./steps.ts"

describe("matching", () => {
  it("is partial, deep and open", () => {
    const event = { type: "response.cancel", response_id: "resp_a", extra: [1, { two: 2 }] }
    expect(matches({ response_id: "resp_a" }, event)).toBe(true)
    expect(matches({ extra: [1, { two: 2 }] }, event)).toBe(true)
    expect(matches({ response_id: "resp_b" }, event)).toBe(false)
    expect(matches({ extra: [1] }, event)).toBe(false)
  })

  it("knows absent and present", () => {
    expect(matches({ response_id: absent }, { type: "response.cancel" })).toBe(true)
    expect(matches({ response_id: absent }, { response_id: null })).toBe(true)
    expect(matches({ response_id: present }, { response_id: null })).toBe(false)
  })
})

describe("scenario", () => {
  const late = response("late")
  const good = {
    id: "turn/an-example",
    title: "A title of some length",
    cites: ["response.create"],
    grade: "documented" as const,
    source: "PROTOCOL.md B.1",
    needs: ["text-turn" as const],
    judgedBy: ["no-crash"],
    story: [
      user.says("hello"),
      server.replies(late, { for: "hello" }),
      client.mustSend("response.cancel", { response_id: late.id }),
    ],
  }

  it("is plain data with its words spelt out", () => {
    const made = scenario(good)
    expect(made.story.length).toBe(5)
    expect(JSON.parse(JSON.stringify(made))).toEqual(made)
  })

  it.each([
    ["id", { id: "nowhere/x" }, /scenario "nowhere\/x": id is not room/],
    ["needs", { needs: ["flying"] }, /needs\.0/],
    ["grade", { grade: "sure" }, /grade/],
    ["judgedBy", { judgedBy: [] }, /judgedBy/],
  ])("names what is wrong with its %s", (_field, change, message) => {
    const bad = { ...good, ...change } as unknown as Scenario
    expect(() => scenario(bad)).toThrow(ScenarioFault)
    expect(() => scenario(bad)).toThrow(message)
  })

  it("spells out the words of Responses", () => {
    const failed = server.fails(late, { code: "x", errorFirst: "flat" })
    expect(failed).toMatchObject({ action: { status: "failed", error: { code: "x" }, errorFirst: "flat" } })
    expect(server.errors({ code: null, ends: late, shape: "nested", thenFailed: true })).toMatchObject({
      action: { does: "errors", response: "late", eventId: "null", shape: "nested", thenFailed: true },
    })
    expect(server.startsSuccessor(response("next"), { after: late })).toMatchObject({
      action: { does: "starts", response: "next", for: null, after: "resp_late" },
    })
    expect(user.saysOn("left", "hello")).toMatchObject({ operation: { do: "say", lane: "left", request: "hello" } })
  })

  it("knows the members of both protocols' events, and no others", () => {
    client.mustSend("response.create", { previous_response_id: absent, input: present })
    client.mustSend("response.create", { response: { conversation: "none" } })
    // @ts-expect-error: a client event has no such member
    expect(client.mustSend("response.create", { previous_response: "resp_late" })).toBeDefined()
  })

  it("describes a step in a line", () => {
    expect(describeStep(client.mustSend("response.cancel", { response_id: late.id }))).toBe(
      "client must-send type:response.cancel, match:response_id:resp_late",
    )
    expect(describeStep(client.mustHaveSent(1, "response.create"))).toBe(
      "client must-send type:response.create, times:1",
    )
  })
})
