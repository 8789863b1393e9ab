// Records the sessions of fixtures/wire-logs anew, over real sockets: `npx tsx harness/replay/record-fixtures-for-tests.ts [CLIENT]`. Each
// room of scenarios/ is there, and each real client; one that is not installed is left as it is, and named.
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { subjects } from "../../adapters/index.ts"

const folder = fileURLToPath(new URL("../../fixtures/wire-logs/", import.meta.url))
const one = fileURLToPath(new URL("./record-one-for-tests.ts", import.meta.url))

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
  ["livekit-realtime@1.9.0", "cancel/mid-stream"],
  ["livekit-realtime@1.9.0", "error/names-the-request"],
  ["livekit-python@1.8.9", "tools/one-call"],
  ["livekit-python@1.8.9", "connection/reconnects-after-a-drop"],
  ["openai-agents-python@0.24.0", "cancel/barge-in-meets-the-cancel"],
  ["scenario-python@0.7.32", "turn/text-turn"],
  ["langwatch-voice@0.5.3", "turn/text-turn"],
  ["langwatch-agent@0.5.3", "turn/text-turn"],
  ["openai-node-realtime@7.55.0", "turn/text-turn"],
  ["openai-realtime-api@1.0.8", "audio/spoken-turn"],
  ["openai-agents-responses@0.20.0", "responses-ws/failure-keeps-the-connection"],
  ["openai-node-responses@7.55.0", "responses-ws/lanes-interleave"],
  ["livekit-responses@1.9.0", "responses-ws/call-runs-and-is-answered"],
]

/** Without the pings by which our server knows that all has arrived, and without the port of the day. */
const tidied = (text: string) =>
  text
    .split("\n")
    .filter((line) => !/"(ping|pong)":true/.test(line))
    .join("\n")
    .replace(/ws:\/\/127\.0\.0\.1:\d+/g, "ws://127.0.0.1")

const only = process.argv[2]
const drafts = mkdtempSync(join(tmpdir(), "rtspec-fixtures-"))
for (const [name, id] of sessions) {
  const subject = subjects.find((each) => `${each.name}@${each.version}` === name)
  if (only !== undefined && only !== subject?.name) continue
  if (!subject?.installed()) {
    console.error(`${name} is not installed: rtspec subjects install ${name}`)
    continue
  }
  const draft = join(drafts, "log.ndjson")
  const { status } = spawnSync(process.execPath, ["--import", "tsx", one, name, id, draft], { stdio: "inherit" })
  const file = `${id.replace("/", "-")}.${subject.name}.ndjson`
  if (status === 0) writeFileSync(join(folder, file), tidied(readFileSync(draft, "utf8")))
  console.log(`${status === 0 ? "recorded" : "not recorded"}: ${file}`)
  rmSync(draft, { force: true })
}
rmSync(drafts, { recursive: true })
