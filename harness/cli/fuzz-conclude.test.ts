// What a run says in the end of failures that say the same.
import { afterEach, expect, it, vi } from "vitest"
import type { Failure } from "../fuzz/examine.ts"
import { conclude, type Found } from "./fuzz-conclude.ts"

afterEach(() => vi.restoreAllMocks())

const failure = (id: string, message: string): Failure =>
  ({
    ...{ id, invariant: "nothing-lost", tale: { beats: [], faults: [] } },
    result: { violations: [{ invariant: "nothing-lost", message }] },
  }) as unknown as Failure

function said(failures: readonly Failure[]): string[] {
  const lines: string[] = []
  vi.spyOn(console, "log").mockImplementation((line) => void lines.push(line))
  const progress = { cases: 10, transitions: new Set(), goals: new Set(), features: 0, verdicts: {} }
  const target = { subject: { name: "client", version: "2" } }
  const found = [{ target, fuzzed: { progress }, failures }] as unknown as Found[]
  const run = { seed: "1", known: new Set(["a"]), flaky: [], isInterrupted: false, isWhole: true }
  expect(conclude(found, run)).toBe(1)
  return lines
}

it("tells each thing once, with the least story that shows it", () => {
  const lines = said([
    failure("a", 'say "x" must be sent.'),
    failure("b", 'say "y" must be sent.'),
    failure("c", "No."),
  ])
  expect(lines.slice(0, 6)).toEqual([
    "✗ client 2: 3 failures, 2 new; 10 cases, 0 transitions, 0 goals",
    "  They say 2 things:",
    '     2 × nothing-lost: say "x" must be sent.',
    "         the least: a",
    "     1 × nothing-lost: No.",
    "         the least: c",
  ])
})

it("has nothing to add where each says something of its own", () => {
  expect(said([failure("b", "Yes."), failure("c", "No.")])[1]).toMatch(/^seed 1/)
})
