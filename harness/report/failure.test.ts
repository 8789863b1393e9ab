// The failure page, as literal text at both widths, and what gives way when it is narrow.
import { describe, expect, it } from "vitest"
import { traceOf } from "../checks/trace-for-tests.ts"
import { failureBy, resultWith, violationOf } from "../runner/result-for-tests.ts"
import { columnWidths, toWidth } from "./columns.ts"
import { failureInShort, failurePage, replayCommand, windowOf } from "./failure.ts"

const delivers = (event: { type: string; [member: string]: unknown }) =>
  ({ lane: "server", kind: "event", connection: 1, event }) as const
const sends = (event: { type: string; [member: string]: unknown }) =>
  ({ lane: "client", kind: "event", connection: 1, event }) as const
const delta = delivers({ type: "response.output_audio_transcript.delta", response_id: "resp_late", delta: "…" })
const hears = {
  lane: "app",
  kind: "heard",
  what: "audio",
  response: "resp_late",
  ms: 10,
  pieces: [{ label: "late", from: 1, to: 1 }],
} as const

/** A request times out; the response comes after all, and is played. */
const trace = traceOf([
  { lane: "app", kind: "phase", phase: "story" },
  sends({ type: "response.create", event_id: "client_2" }),
  10_000,
  {
    lane: "app",
    kind: "settled",
    future: "reply-1",
    as: "rejected",
    error: { name: "TimeoutError", message: "no answer within ten seconds" },
  },
  delivers({ type: "response.created", response: { id: "resp_late", status: "in_progress" } }),
  ...[delta, delta, delta, delta, delta, delta, delta],
  delivers({ type: "error", error: { code: "rate_limit_exceeded", event_id: "client_2" } }),
  delta,
  hears,
  delivers({ type: "response.done", response: { id: "resp_late", status: "failed" } }),
])

const result = failureBy([], {
  scenario: "timeout/late-created-is-not-played",
  title: "A response created after its request timed out is cancelled, not played",
  violations: [
    violationOf("no-late-output", {
      message: "Nothing of resp_late may be delivered after its request was told that it failed; 0 ms later it was.",
      cause: 2,
      offence: 13,
    }),
    violationOf("story", { message: "client must-send response.cancel: it was not sent.", cause: 14, offence: 14 }),
  ],
  trace,
})
const titles = new Map([["no-late-output", "Nothing of a response is delivered after its caller was told it failed"]])

const pageAt100 = `
✗ timeout/late-created-is-not-played · fake 1 · memory · seed 7
  A response created after its request timed out is cancelled, not played (documented)

  no-late-output: Nothing of a response is delivered after its caller was told it failed
  But: Nothing of resp_late may be delivered after its request was told that it failed; 0 ms later
  it was.

          ms  server                         client                    app
           0                                 response.create client_2
  →    10000                                                           reply-1 rejected no answer w…
       10000  response.created late
       10000  response.output_audio_t… late
       10000  response.output_audio_t… late
           …  … 3 entries …
       10000  response.output_audio_t… late
       10000  response.output_audio_t… late
       10000  error{rate_limit_… → client_2
       10000  response.output_audio_t… late
  ✗    10000                                                           hears audio late 1–1
       10000  response.done{failed} late

  also story: What this story asks for
  But: client must-send response.cancel: it was not sent.

  Again:
    npx rtspec run --subject 'fake@1' --scenario timeout/late-created-is-not-played --seed 7
  Why it matters, and when it is fair:
    npx rtspec explain no-late-output`

const pageAt70 = `
✗ timeout/late-created-is-not-played · fake 1 · memory · seed 7
  A response created after its request timed out is cancelled, not
  played (documented)

  no-late-output: Nothing of a response is delivered after its caller
  was told it failed
  But: Nothing of resp_late may be delivered after its request was
  told that it failed; 0 ms later it was.

          ms  server             client             app
           0                     respons… client_2
  →    10000                                        reply-1 rejected …
       10000  response.cr… late
       10000  response.ou… late
       10000  response.ou… late
           …  … 3 entries …
       10000  response.ou… late
       10000  response.ou… late
       10000  error{rate_limit…
       10000  response.ou… late
  ✗    10000                                        hears audio late …
       10000  response.do… late

  also story: What this story asks for
  But: client must-send response.cancel: it was not sent.

  Again:
    npx rtspec run --subject 'fake@1' --scenario timeout/late-created-is-not-played --seed 7
  Why it matters, and when it is fair:
    npx rtspec explain no-late-output`

describe("a failure page", () => {
  it.each([
    [100, pageAt100],
    [70, pageAt70],
  ])("reads from top to bottom with nothing to look up, at width %i", (width, page) => {
    expect(`\n${failurePage(result, { width, titles }).join("\n")}`).toBe(page)
  })

  it.each([60, 72, 80, 100, 120])("takes at most %i columns, the command excepted, and keeps labels", (width) => {
    const lines = failurePage(result, { width, titles })
    const wide = lines.filter((line) => line.length > width && !line.includes("npx rtspec"))
    expect(wide).toEqual([])
    expect(lines.filter((line) => /^ +10000 {2}response\S* late$/.test(line))).toHaveLength(7)
  })

  it("gives the reason of a case that is broken, which has no violations", () => {
    const broken = resultWith({ verdict: "broken", because: "the adapter settled what it never opened" })
    expect(failurePage(broken, { width: 80, titles }).slice(0, 4)).toEqual([
      "! turn/one · fake 1 · memory · seed 7",
      "  The client answers once (documented)",
      "",
      "  broken: the adapter settled what it never opened",
    ])
  })

  it("shows the window of an offence that lies before its cause", () => {
    const lines = windowOf(trace.entries, { cause: 3, offence: 2 }, 100)
    expect(lines.map((line) => line.trim().charAt(0))).toEqual(["m", "0", "✗", "→", "1"])
  })

  it("says in short what the ledger expects", () => {
    expect(failureInShort(failureBy(["no-crash"]), "It has always been so.", 60)).toEqual([
      "✗ turn/one · fake 1 · no-crash",
      "    no-crash was broken.",
      "    expected: It has always been so.",
    ])
  })
})

describe("the command that plays a case again", () => {
  it.each([
    [{}, "--subject 'fake@1' --scenario turn/one --seed 7"],
    [{ transport: "loopback" } as const, "--subject 'fake@1' --scenario turn/one --seed 7 --transport loopback"],
    [{ dialect: "azure" } as const, "--subject 'fake@1' --scenario turn/one --seed 7 --dialect azure"],
    [{ adapterFile: "./mine.ts" }, "--adapter ./mine.ts --scenario turn/one --seed 7"],
  ])("%j", (more, command) => {
    expect(replayCommand(resultWith(more))).toBe(`npx rtspec run ${command}`)
  })
})

describe("columns", () => {
  it("give what is needed where little is, and share the rest", () => {
    expect(columnWidths([40, 5, 40], 65)).toEqual([30, 5, 30])
    expect(columnWidths([10, 5, 4], 65)).toEqual([10, 5, 4])
    expect(columnWidths([40, 50, 60], 30)).toEqual([10, 10, 10])
  })

  it("cut the first word and keep what it is of, where that leaves enough of both", () => {
    expect(toWidth("response.output_text.delta late", 20)).toBe("response.outpu… late")
    expect(toWidth("response.done a-very-long-label-of-it", 20)).toBe("response.done a-ver…")
    expect(toWidth("input_audio_buffer.committed", 12)).toBe("input_audio…")
    expect(toWidth("short", 8)).toBe("short   ")
  })
})

describe("what is wider than the terminal", () => {
  const wide = failureBy(["no-crash"], {
    scenario: `room/${"long-".repeat(9)}name`,
    subject: "client-with-a-long-name",
  })

  it("goes on in the next line, indented under its head", () => {
    const [head = "", ...rest] = failurePage(wide, { width: 60, titles })
    expect(head).toBe(`✗ room/${"long-".repeat(9)}name ·`)
    expect(rest[0]).toBe("  client-with-a-long-name 1 · memory · seed 7")
    expect(failureInShort(wide, "x".repeat(200), 60).filter((line) => line.length > 60)).toEqual([])
    expect(failureInShort(wide, "x".repeat(200), 60).join("").match(/x{3,}/g)?.join("")).toBe("x".repeat(200))
  })

  it("is one line where it fits", () => {
    expect(failurePage(wide, { width: 120, titles })[0]).toContain("seed 7")
  })
})
