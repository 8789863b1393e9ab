// A subject's process for tests of the runner: it answers as host.ts does, and misbehaves where a scenario's or subject's
// name asks for it. Plain JavaScript, so that it starts without a loader.
import { appendFileSync, writeFileSync } from "node:fs"

const say = (message) => void process.send?.(message)

/** Tells the test that from here on nothing more will come. */
const markLooping = () => process.env.RTSPEC_TEST_LOOPING && writeFileSync(process.env.RTSPEC_TEST_LOOPING, "")

const loopForever = () => {
  markLooping()
  for (;;);
}

const result = ({ scenario, seed }, more = {}) => ({
  ...{ scenario, title: `title of ${scenario}`, grade: "documented", subject: "fake", version: "1" },
  ...{ transport: "memory", seed, verdict: "pass", violations: [], warnings: [], because: `${process.pid}` },
  ...{ triggered: {}, transitions: [], goals: [], virtualMs: 0, durationMs: 0, ...more },
})

const passes = (message) => say({ type: "result", number: message.number, result: result(message) })

const trace = ({ traceTo }, tail = "") => {
  if (traceTo === undefined) return
  const entry = (index) => ({ index, at: index * 10, round: index, lane: "app", kind: "state", state: "connected" })
  appendFileSync(traceTo, `${JSON.stringify(entry(0))}\n${JSON.stringify(entry(1))}\n${tail}`)
}

const cases = {
  "turn/hangs": (message) => {
    trace(message)
    loopForever()
  },
  "turn/hangs-mid-entry": (message) => {
    trace(message, '{"index":2,"at":')
    loopForever()
  },
  "turn/exits": (message) => {
    trace(message)
    console.log("last words")
    process.exit(3)
  },
  "turn/dies": () => process.kill(process.pid, "SIGTERM"),
  "turn/host-gives-up": () => process.exit(70),
  "turn/lies-about-its-code": () => {
    console.log("a worker ended with code 70")
    setTimeout(() => process.exit(1), 20)
  },
  "turn/sends-junk": (message) => {
    for (const junk of ["ready", null, 7, { type: "result", number: 99 }, { type: "ready", name: "other" }]) say(junk)
    console.log("junk on stdout")
    passes(message)
  },
  // The channel goes first, the process a while later.
  "turn/passes-then-leaves": (message) => {
    process.on("disconnect", () => setTimeout(() => process.exit(0), 100))
    process.send({ type: "result", number: message.number, result: result(message) }, () => process.disconnect())
  },
}

const openings = {
  unusable: () => {
    setInterval(() => {}, 1000)
    say({ type: "unusable", because: `it has no name (${process.pid})` })
  },
  "dies-on-open": () => process.exit(1),
  "junk-first": (message) => {
    say("ready")
    say(null)
    say({ type: "ready", name: message.subject, version: "1", protocol: "realtime" })
  },
  "hangs-on-open": loopForever,
}

process.on("message", (message) => {
  if (message.type === "case") return (cases[message.scenario] ?? passes)(message)
  const open = openings[message.subject]
  if (open) return open(message)
  say({ type: "ready", name: message.subject, version: message.version, protocol: "realtime" })
})
