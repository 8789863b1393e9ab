// The Stop button and the end of the reply cross on the wire. The server then says that there was nothing to cancel,
// which is no reason to end the session or to call the reply failed.
import { client, network, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "cancel/crosses-done",
  title: "A cancel that comes too late is harmless",
  cites: ["response.cancel", "error"],
  grade: "observed",
  source: "openai-agents-js#189, block/berd#318; PROTOCOL.md K02",
  situations: ["K02"],
  needs: ["text-turn", "cancel"],
  judgedBy: ["no-crash", "next-turn-works"],
  server: { echoEventId: false },

  story: [
    user.says("greeting"),
    server.startsResponse(reply, { for: "greeting" }),
    server.streams(reply),
    network.holds(),
    server.finishes(reply),
    user.cancels(),
    network.releases(),

    client.mustHaveConnected(1),
    user.says("weather"),
    client.mustSend("response.create"),
  ],
})
