// Players and servers count audio differently. An app that says "heard 5 s" of a reply of 0.2 s gets an error at most.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const reply = response("reply")

export default scenario({
  id: "cancel/truncation-beyond-the-end",
  title: "Truncating beyond the end of the audio does not harm the session",
  cites: ["conversation.item.truncate", "error"],
  grade: "observed",
  source: "pipecat#3677, #2106, twilio python#45; PROTOCOL.md K08",
  situations: ["K08"],
  needs: ["text-turn", "truncate", "audio-output"],
  judgedBy: ["no-crash", "next-turn-works"],
  output: "audio",

  story: [
    user.says("greeting"),
    server.startsResponse(reply, { for: "greeting" }),
    server.streamsAudio(reply, { ms: 200 }),
    server.finishes(reply),
    user.truncates(5_000),

    client.mustHaveConnected(1),
    user.says("weather"),
    client.mustSend("response.create"),
  ],
})
