// One log of a size that is given, judged as it is made, in a process of its own: tells the most memory that it took, in MB.
import { checkLog } from "../wirelog/check.ts"
import { readLogInBatches } from "../wirelog/read.ts"
import { logText } from "./wirelog-session.ts"

const [megabytes = "0", turns = ""] = process.argv.slice(2)
const size = { bytes: Number(megabytes) * 1e6, kind: "audio" as const }

/** In chunks as a file has them. */
async function* chunks() {
  let waiting = ""
  for (const text of logText(turns === "" ? size : { ...size, turnsPerConnection: Number(turns) })) {
    waiting += text
    if (waiting.length < 256 * 1024) continue
    yield Buffer.from(waiting)
    waiting = ""
  }
  yield Buffer.from(waiting)
}

const { events } = await checkLog(readLogInBatches(chunks()))
const peak = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ peak, events: events.client + events.server }))
