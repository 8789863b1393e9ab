// Repros in ledgers and notes: the texts that are written, and that what others wrote stays.
import { describe, expect, it } from "vitest"
import type { Shown } from "../fuzz/shrink-bugs.ts"
import { user } from "../script/index.ts"
import type { Repro } from "../script/repro.ts"
import type { Scenario } from "../script/scenario.ts"
import { ledgerText, notesWith, reprosSection } from "./repro-names.ts"

const scenario: Scenario = {
  ...{ id: "turn/one", title: "The client answers once", cites: [], grade: "observed", source: "", needs: [] },
  ...{ judgedBy: [], protocol: "realtime", story: [user.says("a")] },
}
const repro = (id: string, story = scenario.story): Repro => ({
  ...{ format: "rtspec-repro", version: 1, id, invariant: "x", subject: "fake", subjectVersion: "2", seed: "1" },
  ...{ foundBy: { scenario: "turn/one" }, scenario: { ...scenario, story } },
})
const found = (reason: string, by: Repro | string, isOwn = true, message = "It said no."): Shown => ({
  ...{ bug: { reason, invariant: "x", scenario }, id: "fake-x", by },
  ...(isOwn && typeof by !== "string" ? { own: { repro: by, message, tries: 3, isMinimal: true } } : {}),
})

describe("a ledger's text", () => {
  const reason = "It has been so since 2024."

  it("has a list in one line where it fits, and a name to a line where not", () => {
    const long = ["a".repeat(60), "b".repeat(60)]
    expect(ledgerText([{ scenario: ["turn/one", "turn/two"], reason, repro: long }])).toBe(
      `[\n  {\n    "scenario": ["turn/one", "turn/two"],\n    "reason": "${reason}",\n    "repro": [\n      "${long[0]}",\n      "${long[1]}"\n    ]\n  }\n]\n`,
    )
  })

  it("says the same as what it was made of", () => {
    const lines = [{ scenario: "*", invariant: ["x"], reason: 'A "reason", with [brackets].' }]
    expect(JSON.parse(ledgerText(lines))).toEqual(lines)
  })
})

describe("the section of the notes", () => {
  it("tells each story once, with what should be and what is", () => {
    const one = repro("fake-x-one")
    const section = reprosSection(
      "fake",
      "2",
      [
        found("It says no.", one),
        found("It says no, again.", one, false),
        found("It says nothing.", repro("fake-x-two", [])),
        found("It can not be shown.", "the reference client does not pass it"),
      ],
      new Map([["y", "Nothing happens"]]),
    )
    expect(section.split("\n").slice(5)).toEqual([
      "- It says no.",
      '  - `fake-x-one`: `user.says("a")`. Should: the client answers once. But (`x`): It said no.',
      "- It says no, again.",
      "  - `fake-x-one`, above.",
      "- It says nothing.",
      "  - `fake-x-two`: nothing but a connection, one more turn, and the close. Should: the client answers once. But (`x`): It said no.",
      "- It can not be shown.",
    ])
  })

  it("tells of an invariant what that asks for, and of a story what that asks for", () => {
    const section = reprosSection("fake", "2", [found("It says no.", repro("fake-x"))], new Map([["x", "It says yes"]]))
    expect(section).toContain("Should: it says yes. But (`x`): It said no.")
  })

  it("shows control characters by their numbers: with them as they are, notes are no text to git", () => {
    const shown = [found("It says no.", repro("fake-x"), true, 'It said "\0" at\nlast.')]
    expect(reprosSection("fake", "2", shown, new Map())).toContain('It said "\\x00" at\\x0alast.')
  })

  it("takes the place of the one before, and leaves the rest", () => {
    const notes = "# fake\n\nOf old.\n"
    const first = notesWith(notes, "fake", "## Kept repros: fake 1\n\n- a")
    expect(first).toBe("# fake\n\nOf old.\n\n## Kept repros: fake 1\n\n- a\n")
    const both = notesWith(first, "fake-too", "## Kept repros: fake-too 1\n\n- b")
    expect(notesWith(both, "fake", "## Kept repros: fake 2\n\n- c")).toBe(
      "# fake\n\nOf old.\n\n## Kept repros: fake 2\n\n- c\n\n## Kept repros: fake-too 1\n\n- b\n",
    )
  })
})
