// Tests for settles-when-answered.
import { describe, expect, it } from "vitest"
import { settlesWhenAnswered } from "./settles-when-answered.ts"
import { type Row, row, verdictOf } from "./trace-for-tests.ts"

const asked = [
  row.says("a"),
  row.opens("f", "reply", "a"),
  row.saysText("text of a"),
  row.creates("e1"),
  "quiet",
] as const

describe("an error that names the create", () => {
  it("passes when the future settles at that instant", () => {
    expect(verdictOf(settlesWhenAnswered, [...asked, row.errs("e1"), row.rejects("f")])).toMatchObject({
      fired: 1,
      violations: [],
    })
  })

  it("fails when only the time-out settles it", () => {
    const { messages } = verdictOf(settlesWhenAnswered, [...asked, row.errs("e1"), 10_000, row.rejects("f")])
    expect(messages).toEqual([
      'The reply future of "a" must settle as soon as the server\'s error named response.create e1 (for say "a"); it settled 10,000 ms later.',
    ])
  })

  it("fails when nothing ever settles it", () => {
    const { violations } = verdictOf(settlesWhenAnswered, [...asked, row.errs("e1"), 4000, row.phase("ended")])
    expect(violations).toMatchObject([
      { cause: 4, offence: 5, message: expect.stringContaining("still pending 4,000 ms later") },
    ])
  })

  it("does not fire when the client sends the create again and keeps the future open", () => {
    const rows = [
      ...asked,
      row.isBusy("e1"),
      50,
      row.creates("e2"),
      "quiet",
      row.created("r", "e2"),
      row.resolves("f"),
    ] as const
    expect(verdictOf(settlesWhenAnswered, rows).fired).toBe(0)
  })
})

describe("an error that names nothing", () => {
  it("counts when it can only mean the one create that waits", () => {
    expect(verdictOf(settlesWhenAnswered, [...asked, row.isBusy(null), 100, row.rejects("f")]).violations).toHaveLength(
      1,
    )
  })

  it("does not fire when two creates wait, or when it may mean anything", () => {
    const two = [
      ...asked,
      row.says("b"),
      row.opens("g", "reply", "b"),
      row.saysText("text of b"),
      row.creates("e2"),
      row.isBusy(null),
      100,
    ] as const
    expect(verdictOf(settlesWhenAnswered, two).fired).toBe(0)
    expect(verdictOf(settlesWhenAnswered, [...asked, row.errs(null), 100]).fired).toBe(0)
  })

  it("does not fire when the create seemed to be answered by a response that the server had started", () => {
    const rows = [
      row.requests("a"),
      row.opens("f", "stream", "a"),
      row.createsPlainly("e1"),
      "quiet",
      row.created("vad"),
      row.isBusy(null),
      100,
      row.done("vad"),
      row.resolves("f"),
    ] as const
    expect(verdictOf(settlesWhenAnswered, rows).fired).toBe(0)
  })
})

describe("a lost connection", () => {
  it("settles what was asked of it", () => {
    expect(verdictOf(settlesWhenAnswered, [row.connects(), ...asked, row.drops(), row.rejects("f")])).toMatchObject({
      fired: 1,
      violations: [],
    })
    expect(
      verdictOf(settlesWhenAnswered, [row.connects(), ...asked, row.closes(1000), 1, row.rejects("f")]).messages,
    ).toEqual([
      'The reply future of "a" must settle as soon as the server closed connection 1 with 1000; it settled 1 ms later.',
    ])
  })

  it("does not fire when the create is sent again on the next connection", () => {
    const rows = [
      row.connects(),
      ...asked,
      row.drops(),
      500,
      row.connects(2),
      row.creates("e2", {}, 2),
      "quiet",
      row.created("r", "e2", "conv", 2),
      row.resolves("f"),
    ] as const
    expect(verdictOf(settlesWhenAnswered, rows).fired).toBe(0)
  })

  it("does not fire on a half-open connection, nor for a request that was not sent yet", () => {
    expect(
      verdictOf(settlesWhenAnswered, [
        row.connects(),
        ...asked,
        row.goesSilent(),
        90_000,
        row.drops(),
        5,
        row.rejects("f"),
      ]).fired,
    ).toBe(0)
    expect(
      verdictOf(settlesWhenAnswered, [
        row.connects(),
        row.requests("a"),
        row.opens("f", "reply", "a"),
        row.drops(),
        5,
        row.rejects("f"),
      ]).fired,
    ).toBe(0)
  })
})

describe("response.done", () => {
  const streaming = [
    ...asked,
    row.created("r", "e1"),
    row.resolves("f", "resp_r"),
    row.opens("s", "stream", "a", "resp_r"),
    "quiet",
  ] as const

  it("ends the stream at that instant", () => {
    expect(verdictOf(settlesWhenAnswered, [...streaming, row.done("r"), row.resolves("s")])).toMatchObject({
      fired: 1,
      violations: [],
    })
    expect(verdictOf(settlesWhenAnswered, [...streaming, row.done("r"), 30, row.resolves("s")]).messages).toEqual([
      'The stream future of "a" must settle as soon as response.done of resp_r was delivered; it settled 30 ms later.',
    ])
  })

  it("does not fire for a stream that ended before", () => {
    expect(verdictOf(settlesWhenAnswered, [...streaming, row.rejects("s"), 30, row.done("r")]).fired).toBe(0)
  })
})

describe("a create that was refused because a response was active", () => {
  const busy = [...asked, row.created("vad"), row.isBusy("e1"), 100] as const
  const taken = (...rows: Row[]) => verdictOf(settlesWhenAnswered, [...busy, ...rows])

  it("may wait for its end; taken back meanwhile, it settles then", () => {
    expect(taken(row.performs({ do: "cancel", request: "a" }), row.rejects("f"))).toMatchObject({
      fired: 1,
      violations: [],
    })
    expect(taken(row.performs({ do: "close" }), row.rejects("f")).violations).toEqual([])
  })

  it("settles then at once, and not by a cancel of something else, nor when there is nothing to wait for any more", () => {
    expect(taken(row.performs({ do: "cancel", request: "a" }), 50, row.rejects("f")).messages).toEqual([
      'The reply future of "a" must settle as soon as the app took it back; it settled 50 ms later.',
    ])
    expect(taken(row.performs({ do: "cancel", request: "b" }), row.rejects("f")).violations).toHaveLength(1)
    expect(taken(row.performs({ do: "cancel" }), row.rejects("f")).violations).toHaveLength(1)
    expect(taken(row.done("vad"), 100, row.performs({ do: "close" }), row.rejects("f")).violations).toHaveLength(1)
  })

  it("is not taken back by a cancel that the client refused", () => {
    const operation = { do: "cancel", request: "a" } as const
    const refuses = { lane: "app", kind: "refused", operation, error: { name: "Error", message: "no" } } as const
    expect(taken(row.performs(operation), refuses, row.rejects("f")).violations).toHaveLength(1)
    expect(taken(row.performs(operation), "quiet", refuses, row.rejects("f")).violations).toEqual([])
  })
})

describe("a create that was refused since a response was active", () => {
  const begun = [row.connects(), row.created("other"), ...asked, row.isBusy("e1"), 1] as const
  const messages = (...rows: Row[]) => verdictOf(settlesWhenAnswered, [...begun, ...rows]).messages

  it("waits for the end of that, and settles when the line is lost before", () => {
    expect(messages(row.drops(), row.rejects("f"))).toEqual([])
    expect(messages(row.drops(), 10, row.rejects("f"))).toHaveLength(1)
  })

  it("waits as long as it likes when the line has gone silent before", () => {
    expect(messages(row.goesSilent(), 30_000, row.rejects("f"))).toEqual([])
  })

  it("or when it went silent in the instant of the refusal, by whatever response: it may have been asked again in vain", () => {
    const refused = [row.connects(), ...asked, row.isBusy("e1")] as const
    const late = [30_000, row.rejects("f")] as const
    const found = (...rows: Row[]) => verdictOf(settlesWhenAnswered, [...refused, ...rows, ...late]).messages
    expect(found("quiet", row.goesSilent())).toEqual([])
    expect(found(1, row.goesSilent())).toHaveLength(1)
    expect(found()).toHaveLength(1)
  })

  it("or if that may have ended, by a response.done that names nothing", () => {
    const nameless = row.delivers({ type: "response.done" })
    expect(messages(nameless, row.goesSilent(), 30_000, row.rejects("f"))).toEqual([])
    expect(messages(nameless, 30_000, row.rejects("f"))).toHaveLength(1)
  })

  it("waits for nothing once that has ended", () => {
    expect(messages(row.done("other"), row.drops(), row.rejects("f"))).toHaveLength(1)
    expect(messages(row.done("other"), row.goesSilent(), 30_000, row.rejects("f"))).toHaveLength(1)
  })
})

describe("a create that may be for either of two requests", () => {
  const waits = (name: string) => [
    row.says(name),
    row.opens(`of ${name}`, "reply", name),
    row.saysText(`text of ${name}`),
  ]
  const either = [...waits("a"), row.creates("e1"), "quiet", row.isBusy("e1"), ...waits("b"), "quiet"] as const
  const asked = [...either, row.creates("e2"), "quiet"] as const
  const answered = [row.created("r", "e2"), "quiet", 20, row.done("r")] as const
  const judged = (...rows: readonly Row[]) => verdictOf(settlesWhenAnswered, [...asked, ...rows])

  it("settles the likelier, if it settles none of them", () => {
    expect(judged(...answered, 50, row.rejects("of a")).messages).toEqual([
      'The reply future of "a" must settle as soon as response.done of resp_r was delivered; it settled 50 ms later.',
    ])
    expect(judged(...answered, 50, row.rejects("of b"), row.rejects("of a")).violations).toHaveLength(1)
    expect(judged(row.created("r", "e2"), row.resolves("of b"), 20, row.done("r")).violations).toHaveLength(1)
  })

  it("is fair where the other settles with it, or was given up before", () => {
    expect(judged(...answered, row.rejects("of b"), 50, row.rejects("of a")).fired).toBe(0)
    expect(judged(row.rejects("of b"), 1, ...answered, 50, row.rejects("of a")).fired).toBe(0)
  })

  it("is fair where one was sent behind its last, before that was answered", () => {
    const both = [...waits("a"), row.creates("e1"), ...waits("b"), row.creates("e2"), "quiet"] as const
    const judgedWith = (...again: Row[]) => {
      const rows = [
        ...both,
        row.isBusy(null),
        ...again,
        row.created("r", "e2"),
        20,
        row.done("r"),
        50,
        row.rejects("of b"),
      ]
      return verdictOf(settlesWhenAnswered, rows).violations
    }
    expect(judgedWith(row.creates("e3"))).toEqual([])
    expect(judgedWith()).toHaveLength(1)
  })

  it("may have been for the one that is to be asked again, though that is not the likelier", () => {
    const later = (e2: ReturnType<typeof row.creates>) =>
      verdictOf(settlesWhenAnswered, [row.created("other"), ...either, e2, 50, row.rejects("of a")])
    expect(later(row.creates("e2")).fired).toBe(0)
    expect(later(row.creates("e2", { conversation: "none" })).violations).toHaveLength(1)
  })
})
