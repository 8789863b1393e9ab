// A proxy loses the small events at the end of an item. The item itself is told again in full; its text is there, and
// the turn is over when response.done says so.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "turn/lost-done-of-a-part",
  title: "A response whose transcript.done and content_part.done are lost still ends and is heard",
  cites: ["response.output_item.done", "response.done"],
  grade: "plausible",
  source: "PROTOCOL.md S07",
  situations: ["S07"],
  needs: ["text-turn"],
  judgedBy: ["one-active-response", "next-turn-works"],
  faults: [
    { fault: "drop-event", at: { type: "response.output_audio_transcript.done", nth: 1 } },
    { fault: "drop-event", at: { type: "response.content_part.done", nth: 1 } },
  ],
  output: "audio",

  story: [
    user.says("question"),
    client.mustSend("response.create"),
    server.replies(reply, { for: "question" }),
    user.mustHear(reply),
    user.says("afterthought"),
    client.mustSend("response.create"),
  ],
})
