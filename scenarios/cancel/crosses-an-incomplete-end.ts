// The Stop button is pressed just when the reply reaches its limit. The server has nothing left to cancel, and says so.
import { client, network, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "cancel/crosses-an-incomplete-end",
  title: "A cancel that crosses the token limit is harmless",
  cites: ["response.cancel", "response.done", "error"],
  grade: "plausible",
  source: "PROTOCOL.md K02 with another end of the response",
  situations: ["K02"],
  needs: ["text-turn", "cancel"],
  judgedBy: ["no-crash", "next-turn-works"],
  server: { echoEventId: false },

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    network.holds(),
    server.ends(reply, "incomplete", "max_output_tokens"),
    user.cancels(),
    network.releases(),

    client.mustHaveConnected(1),
    user.says("weather"),
    client.mustSend("response.create"),
  ],
})
