// The user hung up; audio that was on its way arrives. It must not be played into the next call.
import { client, network, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "connection/late-frames-after-close",
  title: "What arrives after close() is not delivered",
  cites: ["response.output_audio.delta"],
  grade: "observed",
  source: "langwatch/scenario#669, websocket identity checks in agents-js; PROTOCOL.md N09",
  situations: ["N09"],
  needs: ["text-turn"],
  judgedBy: ["close-is-clean", "no-crash"],
  ends: "unusable",

  story: [
    user.says("story"),
    client.mustSend("response.create"),
    network.holds(),
    server.startsResponse(reply, { for: "story" }),
    server.streams(reply),
    user.closes(),
    network.releases(),

    user.mustNotHear(reply),
  ],
})
