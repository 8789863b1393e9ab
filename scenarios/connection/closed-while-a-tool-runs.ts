// The user hangs up while the app books a table. When the table is booked there is nobody to tell.
import { client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")

export default scenario({
  id: "connection/closed-while-a-tool-runs",
  title: "A tool that finishes after close() harms nothing",
  cites: ["conversation.item.create"],
  grade: "observed",
  source: "livekit/agents#3344; PROTOCOL.md F04",
  situations: ["F04"],
  needs: ["text-turn", "tools"],
  judgedBy: ["close-is-clean", "no-crash"],
  tools: [{ name: "book", answers: "booked", afterMs: 5_000 }],
  ends: "unusable",

  story: [
    user.says("table"),
    server.startsResponse(call, { for: "table" }),
    server.callsTool(call, "book"),
    server.finishes(call),
    user.mustRunTool("book"),
    user.closes(),
    time.passes({ ms: 10_000 }),

    client.mustHaveConnected(1),
  ],
})
