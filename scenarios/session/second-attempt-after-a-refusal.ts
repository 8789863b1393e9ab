// The first attempt meets a server that restarts. The app tries again, with the same client, and nothing of the first
// attempt stands in its way.
import { client, network, response, scenario, server, user } from "../../harness/script/index.ts"

const answer = response("answer")

export default scenario({
  id: "session/second-attempt-after-a-refusal",
  title: "After a refused upgrade the app can connect again",
  cites: ["session.created"],
  grade: "plausible",
  source: "load balancers during a restart; PROTOCOL.md A.1",
  needs: ["text-turn", "connect-again"],
  judgedBy: ["futures-settle-once", "next-turn-works"],
  begins: "unconnected",

  story: [
    network.refuses({ status: 503 }),
    user.connects(),
    user.mustSeeError(),
    user.connects(),
    user.says("greeting"),
    client.mustSend("response.create"),
    server.replies(answer, { for: "greeting" }),
    user.mustHear(answer),
  ],
})
