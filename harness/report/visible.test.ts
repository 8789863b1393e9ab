import { describe, expect, it } from "vitest"
import { traceOf } from "../checks/trace-for-tests.ts"
import { failureBy, violationOf } from "../runner/result-for-tests.ts"
import { failureInShort, failurePage } from "./failure.ts"
import { hostile } from "./report-for-tests.ts"
import { visible } from "./visible.ts"

describe("what a subject says", () => {
  it.each([
    ["a\u0000b", "a\\x00b"],
    ["\u001b[31mred", "\\x1b[31mred"],
    ["one\r\ntwo\tthree", "one  two three"],
    ["\u202eabc", "\\u202eabc"],
    ["\ud800 alone", "\\ud800 alone"],
    ["\u009b2J", "\\x9b2J"],
    ["grüße 😀 ✗ …", "grüße 😀 ✗ …"],
  ])("%j is shown as %j", (text, shown) => {
    expect(visible(text)).toBe(shown)
  })

  it.each([...hostile, "\u001b]0;title\u0007\u001b[2J"])(
    "does nothing to the terminal that shows a page of %j",
    (text) => {
      const rows = traceOf([
        { lane: "server", kind: "event", connection: 1, event: { type: text, response_id: text } },
        { lane: "client", kind: "closed", connection: 1, code: 1000, reason: text },
        { lane: "app", kind: "crash", how: "exit", error: { name: text, message: text, code: text } },
      ])
      const violations = [violationOf("no-crash", { message: text, cause: 0, offence: 2 })]
      const result = failureBy(["no-crash"], { subject: text, version: text, trace: rows, violations })
      const lines = [...failurePage(result, { width: 100, titles: new Map() }), ...failureInShort(result, text, 100)]
      expect(lines.filter((line) => /[\p{Cc}\p{Cs}\u202e\u2028\u2029]/u.test(line))).toEqual([])
    },
  )
})
