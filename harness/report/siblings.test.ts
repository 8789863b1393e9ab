// Two siblings compared: literal text, and that the committed page is that of the committed data.
import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { siblingsPage } from "./siblings.ts"
import { type Standing, standings } from "./standings.ts"

const standing = (client: string, cases: Standing["cases"], everywhere: string[] = []): Standing => ({
  ...{ client, version: "1", cases, everywhere, reasons: [] },
})

it("says what both break and what one does, without what one breaks everywhere or was not asked", () => {
  const one = standing(
    "livekit-realtime",
    { a: ["close-is-clean"], b: ["story", "close-is-clean"], c: ["no-crash"], d: "unsupported", e: ["story"] },
    ["close-is-clean"],
  )
  const other = standing("livekit-python", {
    a: "pass",
    b: ["story", "no-crash"],
    c: "pass",
    d: ["story"],
    e: "broken",
  })
  const page = siblingsPage([other, standing("openai-agents", {}), one])
  expect(page.split("\n").slice(6)).toEqual([
    "## livekit-realtime 1 and livekit-python 1",
    "",
    "Both judged: 3. Both pass: 1; the same broken in both: 1; only livekit-realtime fails: 1; only livekit-python fails: 0.",
    "",
    "|  | livekit-realtime 1 | livekit-python 1 |",
    "| --- | --- | --- |",
    "| [b](../scenarios/b.ts) | **story** | **story**, no-crash |",
    "| [c](../scenarios/c.ts) | no-crash | ● |",
    "",
  ])
})

it("the committed page is that of the committed data", () => {
  const committed = (name: string) => readFileSync(new URL(`../../reports/${name}`, import.meta.url), "utf8")
  expect(committed("siblings.md")).toBe(siblingsPage(standings.parse(JSON.parse(committed("clients.json")))))
})
