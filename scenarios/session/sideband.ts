// A server that watches over a phone call dials in with the call's id. The session runs already, so nobody creates one: the
// first thing it hears is the answer to its own session.update.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "session/sideband",
  title: "A sideband connection does not wait for session.created",
  cites: ["session.update", "session.updated"],
  grade: "observed",
  source: "both sideband cassettes of pydantic-ai; PROTOCOL.md A.1, N07",
  situations: ["N07"],
  needs: ["text-turn", "sideband"],
  judgedBy: ["futures-settle-once", "output-belongs-to-its-request", "next-turn-works"],
  begins: "unconnected",
  server: { sideband: true },

  story: [
    user.connects(),
    client.mustSend("session.update"),
    user.says("greeting"),
    client.mustSend("response.create"),
    server.replies(answer, { for: "greeting" }),

    user.mustHear(answer),
    client.mustHaveConnected(1),
  ],
})
