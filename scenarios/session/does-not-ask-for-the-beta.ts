// A server that turns away whoever sends the header of the retired beta, as api.openai.com does.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "session/does-not-ask-for-the-beta",
  title: "A client of today connects without the beta header and without the beta's updates",
  cites: ["session.created", "session.update"],
  grade: "observed",
  source: "pickle-com/glass#220, probe 7b, 7c and 8b; PROTOCOL.md A.5, N04",
  situations: ["N04"],
  needs: ["text-turn"],
  judgedBy: ["next-turn-works"],
  begins: "unconnected",
  server: { refusesBeta: true },

  story: [
    client.mustNotSend("transcription_session.update"),
    user.connects(),
    client.mustHaveConnected(1),
    user.says("greeting"),
    client.mustSend("response.create"),
    server.replies(answer, { for: "greeting" }),
    user.mustHear(answer),
  ],
})
