// The spoken question is committed, and its create is refused: another place in a client's code that asks for a reply.
import { client, scenario, server, user } from "../../harness/script/index.ts"

export default scenario({
  id: "error/names-the-commit",
  title: "An error that names the create of a committed turn rejects that turn at once",
  cites: ["error", "response.create", "input_audio_buffer.commit"],
  grade: "observed",
  source: "livekit/agents#6817, agents-js#1384; PROTOCOL.md C01",
  situations: ["C01"],
  needs: ["audio-input", "audio-commit", "reply-future"],
  judgedBy: ["settles-when-answered", "futures-settle-once"],
  server: { turnDetection: "none", echoEventId: true },

  story: [
    user.speaks(300),
    user.commits("question"),
    client.mustSend("response.create"),
    server.errors({ for: "question", code: "server_error", type: "server_error" }),

    user.mustSettle("question", { as: "rejected" }),
  ],
})
