// The same with text, which an app writes into a window that the user has closed.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "cancel/text-streams-on",
  title: "Text that streams on after the cancel is not delivered",
  cites: ["response.cancel", "response.output_text.delta", "response.done"],
  grade: "documented",
  source: "ResponseCancelEvent; PROTOCOL.md B.3, K01",
  situations: ["K01"],
  needs: ["text-turn", "cancel"],
  judgedBy: ["no-late-output", "next-turn-works"],
  output: "text",

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    user.mustHear(reply),
    server.cancelsLate(),
    user.cancels(),
    client.mustSend("response.cancel"),
    server.streams(reply, 3),
    server.ends(reply, "cancelled", "client_cancelled"),
  ],
})
