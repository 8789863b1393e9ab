// A response that fails while it is being cancelled. The user wanted it to end, and it did.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "cancel/fails-meanwhile",
  title: "A response that fails after its cancel is over, and the next turn is asked",
  cites: ["response.cancel", "response.done"],
  grade: "plausible",
  source: "PROTOCOL.md K02 with a failure in place of the end",
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
    server.fails(reply),

    user.says("weather"),
    client.mustSend("response.create"),
  ],
})
