// The line is reset while nobody speaks, and so is the next one.
import { network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const cut = response("cut")

export default scenario({
  id: "responses-ws/reset-while-idle",
  protocol: "responses",
  title: "Two ECONNRESETs in a row are survived, and the next request works",
  cites: ["response.create"],
  grade: "observed",
  source: "transports without a lasting socket error listener; PROTOCOL.md M01",
  situations: ["M01"],
  needs: ["text-turn", "reply-stream", "reconnect"],
  judgedBy: ["no-crash", "next-turn-works"],

  story: [
    network.drops({ reset: true }),
    time.passes({ ms: 10_000 }),
    user.says("story"),
    time.passes({ ms: 10_000 }),
    server.startsResponse(cut, { for: "story" }),
    server.streams(cut, 1),
    network.drops({ reset: true }),
    time.passes({ ms: 30_000 }),

    user.mustSettle("story", { kind: "stream" }),
  ],
})
