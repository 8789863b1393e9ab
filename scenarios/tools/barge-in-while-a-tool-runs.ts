// The user speaks while the tool works. The call was made and must be answered, once; the model is told even if nobody
// waits for it any more.
import { client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")
const spoken = response("spoken")

export default scenario({
  id: "tools/barge-in-while-a-tool-runs",
  title: "A call whose tool finishes after a barge-in still gets its one output",
  cites: ["input_audio_buffer.speech_started", "conversation.item.create"],
  grade: "observed",
  source: "livekit/agents PR #6785; PROTOCOL.md F05",
  situations: ["F05"],
  needs: ["text-turn", "tools", "server-turns"],
  judgedBy: ["tool-runs-once", "next-turn-works"],
  server: { turnDetection: "server_vad" },
  tools: [{ name: "lookup", answers: "sunny", afterMs: 2_000 }],

  story: [
    user.says("weather"),
    server.startsResponse(call, { for: "weather" }),
    server.callsTool(call, "lookup"),
    server.finishes(call),
    server.hearsTurn(),
    server.startsResponse(spoken, { for: null }),
    server.streams(spoken),
    server.hearsSpeech("starts"),
    time.passes({ ms: 3_000 }),

    user.mustRunTool("lookup"),
    client.mustHaveSent(1, "conversation.item.create", { item: { call_id: "call_lookup" } }),
    server.hearsSpeech("stops"),
    server.hearsSpeech("commits"),
  ],
})
