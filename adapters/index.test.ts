import { describe, expect, it } from "vitest"
import { subjects } from "./index.ts"
import { responsesMutants } from "./mutants/responses-table.ts"
import { mutants } from "./mutants/table.ts"
import { rightPolicy } from "./reference/policy.ts"
import { rightPolicy as rightResponsesPolicy } from "./reference-responses/policy.ts"

describe("subjects", () => {
  it("have names and versions of their own", () => {
    const names = subjects.map(({ name, version }) => `${name}@${version}`)
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(subjects.filter(({ installed, program }) => installed() && !program))(
    "$name@$version loads as what it says it is",
    async (entry) => {
      const { name, version, protocol, can } = await entry.load()
      expect({ name, version, protocol }).toEqual({
        name: entry.name,
        version: entry.version,
        protocol: entry.protocol,
      })
      expect(can.length).toBeGreaterThan(0)
    },
  )
})

describe("mutants", () => {
  const all = [
    ...mutants.map((mutant) => ({ ...mutant, right: rightPolicy })),
    ...responsesMutants.map((mutant) => ({ ...mutant, right: rightResponsesPolicy })),
  ]

  it.each(all)("$name differs from the right policy", ({ policy, right }) => {
    const changed = Object.entries(policy)
    expect(changed.length).toBeGreaterThan(0)
    for (const [decision, value] of changed) expect(Object.entries(right)).not.toContainEqual([decision, value])
  })
})
