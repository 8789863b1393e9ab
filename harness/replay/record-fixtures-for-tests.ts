// Records the sessions of fixtures/wire-logs anew: `npx tsx harness/replay/record-fixtures-for-tests.ts`. One of each room of scenarios/,
// by a real client where one can play it, over real sockets.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { subjects } from "../../adapters/index.ts"
import { scenarios } from "../../scenarios/index.ts"
import { installChance } from "../sim/chance.ts"
import { installClock } from "../sim/clock.ts"
import { recordCase } from "./record-for-tests.ts"

const folder = fileURLToPath(new URL("../../fixtures/wire-logs/", import.meta.url))

const sessions: readonly (readonly [subject: string, scenario: string])[] = [
  ["reference@1", "session/updates-are-acknowledged-in-order"],
  ["openai-agents@0.20.0", "turn/text-during-a-reply"],
  ["openai-agents@0.20.0", "cancel/barge-in-meets-the-cancel"],
  ["reference@1", "timeout/late-created-is-not-played"],
  ["reference@1", "error/names-the-request"],
  ["reference@1", "interleave/out-of-band-beside-a-reply"],
  ["reference@1", "connection/reconnects-after-a-drop"],
  ["openai-agents@0.20.0", "tools/one-call"],
  ["openai-agents@0.20.0", "audio/spoken-turn"],
  ["reference-responses@1", "responses-ws/call-runs-and-is-answered"],
  ["reference-responses@1", "responses-ws/lanes-interleave"],
]

/** Without the pings by which our server knows that all has arrived, and without the port of the day. */
const tidied = (text: string) =>
  text
    .split("\n")
    .filter((line) => !/"(ping|pong)":true/.test(line))
    .join("\n")
    .replace(/ws:\/\/127\.0\.0\.1:\d+/g, "ws://127.0.0.1")

const clock = installClock()
const chance = installChance()
const drafts = mkdtempSync(join(tmpdir(), "rtspec-fixtures-"))
for (const [name, id] of sessions) {
  const subject = subjects.find((each) => `${each.name}@${each.version}` === name)
  const scenario = scenarios.find((each) => each.id === id)
  if (!subject || !scenario) throw new Error(`there is no ${subject ? `scenario ${id}` : `subject ${name}`}`)
  const draft = join(drafts, "log.ndjson")
  await recordCase({ clock, chance }, await subject.load(), scenario, draft)
  writeFileSync(join(folder, `${id.replace("/", "-")}.${subject.name}.ndjson`), tidied(readFileSync(draft, "utf8")))
  rmSync(draft)
}
rmSync(drafts, { recursive: true })
process.exit(0)
