// response.error is not an event of this protocol, but some gateways send it. The response ends at response.done.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "error/alias-is-an-unknown-event",
  title: "response.error changes nothing; the response ends at response.done",
  cites: ["response.done"],
  grade: "plausible",
  source: "alias accepted by OpenAI's Agents SDKs on the Responses stream; PROTOCOL.md K13",
  situations: ["K13"],
  needs: ["text-turn"],
  judgedBy: ["no-crash", "one-active-response", "next-turn-works"],

  story: [
    user.says("question"),
    server.startsResponse(reply, { for: "question" }),
    server.sends({
      type: "response.error",
      response_id: reply.id,
      error: { code: "server_error", message: "Failed." },
    }),
    user.says("afterthought"),
    server.streams(reply),
    server.finishes(reply),
  ],
})
