// The app calls off the classification that runs in the background. A cancel without an id would silence the assistant
// instead, in the middle of a word.
import { absent, client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")
const verdict = response("verdict")

export default scenario({
  id: "cancel/out-of-band-alone",
  title: "Cancelling an out-of-band response names it, and spares the reply beside it",
  cites: ["response.cancel", "response.done"],
  grade: "documented",
  source: "ResponseCancelEvent: without response_id it is the default conversation's; PROTOCOL.md B.3, C08, C10",
  situations: ["C08", "C10"],
  needs: ["text-turn", "request-reply", "out-of-band", "cancel", "cancel-request"],
  judgedBy: ["cancel-hits-its-own-response", "output-belongs-to-its-request", "next-turn-works"],

  story: [
    user.says("story"),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    user.requestsReply("verdict", { instructions: "verdict", outOfBand: true }),
    server.startsResponse(verdict, { for: "verdict" }),
    server.streams(verdict),
    client.mustNotSend("response.cancel", { response_id: absent }),
    user.cancels("verdict"),
    client.mustSend("response.cancel", { response_id: verdict.id }),
    server.streams(reply),
    server.finishes(reply),

    user.mustHear(reply),
    client.mustHaveConnected(1),
  ],
})
