import crypto, { randomBytes, randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Chance, installChance } from "./chance.ts"
import { createRandom } from "./random.ts"

describe("seeded chance of the process", () => {
  let chance: Chance
  beforeAll(() => {
    chance = installChance()
  })
  afterAll(() => chance.uninstall())

  const draw = () => [
    Math.random(),
    crypto.randomUUID(),
    randomUUID(),
    randomBytes(8).toString("hex"),
    globalThis.crypto.randomUUID(),
    [...globalThis.crypto.getRandomValues(new Uint8Array(4))],
  ]

  it("gives the same from the same seed, through every door", () => {
    chance.reseed("a")
    const first = draw()
    chance.reseed("a")
    expect(draw()).toEqual(first)
    chance.reseed("b")
    expect(draw()).not.toEqual(first)
  })

  it("makes well-formed version 4 UUIDs", () => {
    expect(crypto.randomUUID()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe("random", () => {
  it("forks by name: a new consumer changes nothing for the others", () => {
    const alone = createRandom("s").fork("faults").integer(0, 1e9)
    const root = createRandom("s")
    root.fork("stories").integer(0, 1e9)
    expect(root.fork("faults").integer(0, 1e9)).toBe(alone)
    expect(root.fork("stories").integer(0, 1e9)).not.toBe(alone)
  })

  it("reaches both ends of a range and nothing beyond", () => {
    const random = createRandom("range")
    const drawn = new Set(Array.from({ length: 200 }, () => random.integer(2, 4)))
    expect([...drawn].sort()).toEqual([2, 3, 4])
  })
})
