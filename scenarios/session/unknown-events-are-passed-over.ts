// OpenAI adds event types and fields without notice, and gateways add their own. An app must not lose a call over an
// event that its client has never heard of.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "session/unknown-events-are-passed-over",
  title: "Unknown event types and undeclared fields change nothing",
  cites: ["response.output_audio_transcript.delta"],
  grade: "observed",
  source: "obfuscation on 219 of 219 recorded deltas, xAI ping; PROTOCOL.md S11",
  situations: ["S11"],
  needs: ["text-turn"],
  judgedBy: ["no-crash", "output-belongs-to-its-request", "next-turn-works"],

  story: [
    server.sends({ type: "ping" }),
    server.sends({ type: "session.info.updated", notice: { level: "info" } }),
    user.says("greeting"),
    server.startsResponse(reply, { for: "greeting" }),
    server.sends({ type: "response.thinking.delta", response_id: reply.id, obfuscation: "q9Zk" }),
    server.streams(reply),
    server.sends({ type: "ping" }),
    server.finishes(reply),

    user.mustHear(reply),
    user.mustNotSeeError(),
  ],
})
