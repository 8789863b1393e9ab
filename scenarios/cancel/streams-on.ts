// The server hears the cancel late. What it sends until then, in audio, belongs to an answer that the user has stopped.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "cancel/streams-on",
  title: "Output that begins only after the cancel is not delivered",
  cites: ["response.cancel", "response.output_audio.delta", "response.done"],
  grade: "documented",
  source: "ResponseCancelEvent, comments on stragglers in pydantic-ai openai.py; PROTOCOL.md B.3, K01",
  situations: ["K01"],
  needs: ["text-turn", "cancel"],
  judgedBy: ["no-late-output", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.cancelsLate(),
    user.cancels(),
    client.mustSend("response.cancel"),
    server.streams(reply, 3),
    server.ends(reply, "cancelled", "client_cancelled"),

    user.mustNotHear(reply),
  ],
})
