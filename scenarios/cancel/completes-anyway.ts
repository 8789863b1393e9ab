// The server took the cancel, and had finished all the same. The reply has ended, and the session is as good as before.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "cancel/completes-anyway",
  title: "A cancelled response that completes is over, and no failure",
  cites: ["response.cancel", "response.done"],
  grade: "observed",
  source: "openai-agents-js#189, block/berd#318: cancel and end cross; PROTOCOL.md K02",
  situations: ["K02"],
  needs: ["text-turn", "cancel"],
  judgedBy: ["no-late-output", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    server.cancelsLate(),
    user.cancels(),
    client.mustSend("response.cancel"),
    server.finishes(reply),

    client.mustHaveConnected(1),
    user.says("weather"),
    client.mustSend("response.create"),
  ],
})
