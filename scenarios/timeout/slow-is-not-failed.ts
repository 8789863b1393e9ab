// Reasoning models take their time. Three seconds of silence before response.created are no failure.
import { client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "timeout/slow-is-not-failed",
  title: "A response that begins after three seconds is an ordinary response",
  cites: ["response.created"],
  grade: "observed",
  source: "livekit/agents#6222: answers came after 3 to 15 seconds",
  needs: ["text-turn"],
  judgedBy: ["output-belongs-to-its-request", "one-active-response", "next-turn-works"],

  story: [
    user.says("riddle"),
    time.passes({ ms: 3_000 }),
    user.mustNotSeeError(),
    server.replies(reply, { for: "riddle" }),

    user.mustHear(reply),
    client.mustHaveSent(1, "response.create"),
  ],
})
