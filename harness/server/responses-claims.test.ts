import { describe, expect, it } from "vitest"
import { createResponsesClaims } from "./responses-claims.ts"

const create = (...texts: string[]) => ({
  params: { input: texts.map((text) => ({ role: "user", content: [{ type: "input_text", text }] })) },
})

describe("a create of Responses", () => {
  it("is for the request whose words stand last in its input", () => {
    const claims = createResponsesClaims()
    claims.expect("name", "Your name?")
    claims.expect("age", "Your age?")
    const [age, name] = [create("Your name?", "Your age?"), create("Your name?")]
    claims.claim(age)
    claims.claim(name)
    expect([age, name].map((each) => ["name", "age"].filter((request) => claims.isFor(each, request)))).toEqual([
      ["age"],
      ["name"],
    ])
  })

  it("is for the same request when it is sent again", () => {
    const claims = createResponsesClaims()
    claims.expect("age", "Your age?")
    const sent = [create("Your age?"), { params: { input: "Hello. Your age?" } }]
    for (const each of sent) claims.claim(each)
    expect(sent.map((each) => claims.isFor(each, "age"))).toEqual([true, true])
  })

  it("is for what was asked without words when it has none", () => {
    const claims = createResponsesClaims()
    claims.expect("warm")
    const [warm, tools] = [{ params: { generate: false } }, { params: { input: [{ type: "function_call_output" }] } }]
    claims.claim(warm)
    claims.claim(tools)
    expect([warm, tools].map((each) => claims.isFor(each, "warm"))).toEqual([true, false])
  })

  it("is for nothing known when it has other words, or none that were waited for", () => {
    const claims = createResponsesClaims()
    claims.expect("age", "Your age?")
    const [stranger, age] = [create("Your name?"), create("Your age?")]
    claims.claim(stranger)
    expect([claims.isFree(stranger), claims.mayShare(stranger, "age")]).toEqual([true, false])
    expect(claims.mayShare(create("Your age?", "Your name?"), "age")).toBe(true)
    claims.claim(age)
    expect([claims.isFree(age), claims.mayShare(age, "age")]).toEqual([false, false])
  })
})
