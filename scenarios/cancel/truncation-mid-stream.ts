// The app tells how much was heard while the reply still streams. The rest goes on, and the end is found.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "cancel/truncation-mid-stream",
  title: "A truncation during the response leaves it going",
  cites: ["conversation.item.truncate", "conversation.item.truncated", "response.done"],
  grade: "documented",
  source: "realtime-conversations guide, Interruption and Truncation; PROTOCOL.md B.3",
  needs: ["text-turn", "truncate", "audio-output"],
  judgedBy: ["no-crash", "one-active-response", "next-turn-works"],
  output: "audio",

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streamsAudio(reply, { ms: 400 }),
    user.truncates(100),
    client.mustSend("conversation.item.truncate"),
    user.says("afterthought"),
    server.streams(reply),
    server.finishes(reply),

    user.mustHear(reply),
    client.mustHaveConnected(1),
  ],
})
