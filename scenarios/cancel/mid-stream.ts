// The user presses Stop. What was on its way must not be spoken into the silence that they asked for.
import { client, network, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "cancel/mid-stream",
  title: "After a cancel nothing more of the response is delivered",
  cites: ["response.cancel", "response.done"],
  grade: "documented",
  source: "ResponseCancelEvent; PROTOCOL.md K01",
  situations: ["K01"],
  needs: ["text-turn", "cancel"],
  judgedBy: ["no-late-output", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    user.mustHear(reply),

    network.holds(),
    server.streams(reply, 3),
    user.cancels(),
    client.mustSend("response.cancel"),
    network.releases(),
  ],
})
