// The address behind `#`: every view there and back, and whatever a link says.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { hashOf, noFilter, parseRoute, type Route } from "./route.ts"

const word = fc.string({ unit: "grapheme-composite" })

describe("a route", () => {
  it.each<[string, Route]>([
    ["#/", { page: "matrix", filter: noFilter }],
    [
      "#/?verdict=fail%2Cbroken&room=turn&q=a+b",
      { page: "matrix", filter: { ...noFilter, verdicts: ["fail", "broken"], room: "turn", text: "a b" } },
    ],
    [
      "#/case?subject=mutant%2Fx&version=1&scenario=turn%2Fone",
      { page: "case", name: { subject: "mutant/x", version: "1", scenario: "turn/one" } },
    ],
    ["#/coverage", { page: "coverage" }],
  ])("%s", (hash, route) => {
    expect(hashOf(route)).toBe(hash)
    expect(parseRoute(hash)).toEqual(route)
  })

  it("goes there and back, whatever is looked for", () => {
    fc.assert(
      fc.property(word, word, word, (subject, version, scenario) => {
        const route = { page: "case", name: { subject, version, scenario } } as const
        expect(parseRoute(hashOf(route))).toEqual(route)
      }),
    )
    fc.assert(
      fc.property(word, (text) => {
        const route = { page: "matrix", filter: { ...noFilter, text, ledger: "news" } } as const
        expect(parseRoute(hashOf(route))).toEqual(route)
      }),
    )
  })

  it.each(["", "#", "#nonsense", "#/nonsense?x", "#/?ledger=other"])("that is %j is the matrix", (hash) => {
    expect(parseRoute(hash)).toEqual({ page: "matrix", filter: noFilter })
  })
})
