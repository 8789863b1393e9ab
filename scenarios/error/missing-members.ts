// Known events that lack what their types promise. Declared optional is not always there.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "error/missing-members",
  title: "Known events without their members do not break the client",
  cites: ["response.output_audio.delta", "response.output_item.added", "conversation.item.added"],
  grade: "plausible",
  source: "PROTOCOL.md M06",
  situations: ["M06"],
  needs: ["text-turn"],
  judgedBy: ["no-crash", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.sends({ type: "response.output_audio.delta", response_id: reply.id, delta: null }),
    server.sends({ type: "response.output_item.added", response_id: reply.id, output_index: 0, item: null }),
    server.sends({ type: "conversation.item.added" }),
    server.sends({ type: "session.updated" }),
    server.streams(reply),
    server.finishes(reply),

    user.mustHear(reply),
  ],
})
