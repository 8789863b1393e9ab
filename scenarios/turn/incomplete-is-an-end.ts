// The token limit cuts a reply short. That is no success, but it is an end: who waits for `completed` waits for ever.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "turn/incomplete-is-an-end",
  title: "response.done with status incomplete ends the turn",
  cites: ["response.done"],
  grade: "documented",
  source: "RealtimeResponseStatus; PROTOCOL.md K10",
  situations: ["K10"],
  needs: ["text-turn"],
  judgedBy: ["one-active-response", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    server.ends(reply, "incomplete", "max_output_tokens"),
    user.mustHear(reply),

    user.says("summary"),
    client.mustSend("response.create"),
  ],
})
