import type { Adapter } from "./adapter.ts"
import { runCase } from "./runner/case.ts"
import { client, network, response, scenario, server, time, user } from "./script/index.ts"
import { installChance } from "./sim/chance.ts"
import { installClock } from "./sim/clock.ts"
import { openLoopbackTransport } from "./transports/loopback.ts"
import { openMemoryTransport } from "./transports/memory.ts"

const hr = process.hrtime.bigint
const clock = installClock(),
  chance = installChance()
const transport = process.argv[2] === "loopback" ? await openLoopbackTransport() : openMemoryTransport()
const { WebSocket } = await import("ws")
const adapter: Adapter = {
  name: "tiny",
  version: "0",
  protocol: "realtime",
  can: ["text-turn", "text-output", "audio-output", "cancel", "connect-again"],
  open(world) {
    let ws: any
    const send = (e: object) => ws.send(JSON.stringify(e))
    return {
      perform(op) {
        if (op.do === "connect") {
          ws = new WebSocket(world.url + "?model=" + world.model)
          void world.report.follow(
            { id: "connect" + Math.random(), kind: "connect" },
            new Promise((ok, no) => {
              ws.on("open", ok)
              ws.on("error", no)
            }),
          )
          ws.on("close", () => world.report.state("disconnected"))
          ws.on("message", (d: any) => {
            const e = JSON.parse(String(d))
            if (e.type === "response.output_audio.delta")
              world.report.heard({ audio: e.delta, response: e.response_id })
            if (e.type === "response.output_audio_transcript.delta") world.report.heard({ text: e.delta })
            if (e.type === "error") world.report.error(e)
          })
        }
        if (op.do === "say") {
          send({
            type: "conversation.item.create",
            item: { type: "message", role: "user", content: [{ type: "input_text", text: op.text }] },
          })
          send({ type: "response.create", event_id: "c_" + op.request })
        }
        if (op.do === "cancel") send({ type: "response.cancel" })
        if (op.do === "close") ws.close()
      },
    }
  },
}
const late = response("late")
const s = scenario({
  id: "turn/smoke",
  title: "a smoke turn that works",
  cites: ["x"],
  grade: "documented",
  source: "x",
  needs: ["text-turn"],
  judgedBy: ["no-crash"],
  story: [
    user.says("greeting"),
    client.mustSend("response.create"),
    server.startsResponse(late, { for: "greeting" }),
    server.streamsAudio(late, { ms: 300 }),
    user.mustHear(late),
    time.passes({ ms: 100 }),
    user.cancels(),
    server.streams(late),
    network.drops(),
  ],
})
const world = { adapter, clock, chance, transport, invariants: [] }
const r = await runCase(world, {
  scenario: s,
  seed: "1",
  strict: false,
  onEntry: (e) => (process.argv[3] === "-v" ? console.log(JSON.stringify(e).slice(0, 180)) : undefined),
})
const { trace, ...rest } = r
console.log(JSON.stringify(rest))
const c0 = process.cpuUsage()
const t0 = hr.call(process.hrtime)
const N = 3000
for (let i = 0; i < N; i++) await runCase(world, { scenario: s, seed: "1", strict: false })
const c1 = process.cpuUsage(c0)
console.log("cpu", N / ((c1.user + c1.system) / 1e6))
console.log(N / (Number(hr.call(process.hrtime) - t0) / 1e9), "cases/s")
process.exit(0)
