// Selecting by glob, and what a person is told whose glob selects nothing.
import { describe, expect, it } from "vitest"
import { UsageFault } from "./faults.ts"
import { matchesGlob, nearest, select } from "./select.ts"

describe("globs", () => {
  it.each([
    ["timeout/*", "timeout/late-created", true],
    ["*", "mutant/double-create", true],
    ["openai-agents@0.8.*", "openai-agents@0.8.1", true],
    ["openai-agents@0.8.*", "openai-agents@0x8y1", false],
    ["turn", "turn/text", false],
    ["*late*", "timeout/late-created", true],
    ["a+(b)", "a+(b)", true],
  ])("%s against %s: %s", (glob, name, expected) => {
    expect(matchesGlob(glob, name)).toBe(expected)
  })
})

describe("select", () => {
  const members = [
    { name: "reference", version: "1" },
    { name: "openai-agents", version: "0.8.0" },
    { name: "openai-agents", version: "0.8.1" },
  ]
  const namesOf = ({ name, version }: { name: string; version: string }) => [name, `${name}@${version}`]

  it("gives members once, in their own order, by name or by name and version", () => {
    expect(select("subject", members, ["openai-agents@0.8.1", "ref*", "reference"], namesOf)).toEqual([
      members[0],
      members[2],
    ])
    expect(select("subject", members, ["openai-agents"], namesOf)).toHaveLength(2)
  })

  it("names the nearest when one of several globs selects nothing", () => {
    expect(() => select("subject", members, ["reference", "opnai-agents"], namesOf)).toThrow(UsageFault)
    expect(() => select("subject", members, ["refrence"], namesOf)).toThrow(
      'no subject is called "refrence"; the nearest are reference, reference@1, openai-agents. See: rtspec list subjects',
    )
  })

  it("measures nearness by letters put in, left out and replaced", () => {
    expect(nearest("cancl/mid-stream", ["turn/text", "cancel/mid-stream", "cancel/mid-steam"])).toEqual([
      "cancel/mid-stream",
      "cancel/mid-steam",
      "turn/text",
    ])
  })
})
