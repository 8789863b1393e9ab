// Nothing that is a secret gets through, and nothing else is lost.
import { describe, expect, it } from "vitest"
import { redact, redactText, redactUrl } from "./redact.ts"

describe("redaction", () => {
  it.each([
    ["a key", "use sk-proj-abcDEF123456 please", "use [key] please"],
    ["an ephemeral key", "ek_68af296e8e408191", "[key]"],
    ["a bearer token", "Authorization: Bearer abc.def-123", "Authorization: Bearer [token]"],
    ["a JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig", "[token]"],
    ["an e-mail address", "write to ada.l@example.co.uk.", "write to [email]."],
    ["a telephone number", "call +49 (30) 1234-5678 now", "call [phone] now"],
    ["a telephone number in one piece", "call +4930123456789", "call [phone]"],
  ])("takes out %s", (_, before, after) => {
    expect(redactText(before)).toBe(after)
  })

  it.each([
    "event_E6U0upa15CBe8gAnApXCO",
    "resp_68af296e8e408191",
    "2026-11-21T09:00:00.000Z",
    "on 2026-11-21 it was",
    "gpt-realtime-2025-08-28",
    "24000",
    "1785217648",
  ])("leaves %s", (text) => {
    expect(redactText(text)).toBe(text)
  })

  it("takes out members that are secret, whatever they hold", () => {
    expect(
      redact({ client_secret: { value: "ek_123456789" }, headers: { Authorization: "x", "x-api-key": "y" } }),
    ).toEqual({
      client_secret: { value: "[key]" },
      headers: { Authorization: "[secret]", "x-api-key": "[secret]" },
    })
  })

  it("makes audio its length and a hash, so that equal audio stays equal", () => {
    const audio = Buffer.alloc(480).toString("base64")
    const delta = redact({ type: "response.output_audio.delta", delta: audio })
    expect(delta).toEqual({
      type: "response.output_audio.delta",
      delta: expect.stringMatching(/^\[audio 480 bytes [0-9a-f]{16}\]$/),
    })
    expect(redact({ type: "input_audio_buffer.append", audio })).toMatchObject({
      audio: (delta as { delta: string }).delta,
    })
    expect(redact({ type: "response.output_text.delta", delta: "hello" })).toEqual({
      type: "response.output_text.delta",
      delta: "hello",
    })
  })

  it("takes out names of members that are secrets, too", () => {
    expect(redact({ metadata: { "ann@example.com": "x" } })).toEqual({ metadata: { "[email]": "x" } })
  })

  it("leaves what has no secret as it was", () => {
    const event = { type: "response.done", response: { id: "resp_1", output: [1, null, true, "text"] } }
    expect(redact(event)).toEqual(event)
  })

  it("takes secrets out of URLs", () => {
    expect(redactUrl("wss://user:pass@host/v1/realtime?model=gpt-realtime&api-key=abc&client_secret=ek_12345678")).toBe(
      "wss://host/v1/realtime?model=gpt-realtime&api-key=[secret]&client_secret=[secret]",
    )
  })
})
