// `rtspec record` as a command: what it refuses, and that what it wrote is whole however it ends.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, afterEach, expect, it, vi } from "vitest"
import { WebSocket, WebSocketServer } from "ws"
import { main } from "./main.ts"

const folder = mkdtempSync(join(tmpdir(), "rtspec-record-"))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => void vi.restoreAllMocks())

async function refused(...args: string[]) {
  const said: string[] = []
  vi.spyOn(console, "error").mockImplementation((line) => void said.push(String(line)))
  expect(await main(["record", ...args])).toBe(2)
  return said.join("\n")
}

const out = () => join(folder, "refused.ndjson")

it("refuses to be reached from other machines unless that is meant", async () => {
  expect(await refused("--upstream", "wss://api.openai.com", "--out", out(), "--host", "0.0.0.0")).toMatch(/--expose/)
  expect(existsSync(out())).toBe(false)
})

it("refuses an upstream that is no WebSocket, and does not print its key", async () => {
  const said = await refused("--upstream", "https://u:p@host/?api_key=sk-secret123", "--out", out())
  expect(said).toMatch(/ws: or wss:/)
  expect(said).not.toMatch(/secret123|u:p/)
})

it("never writes over a log", async () => {
  const file = join(folder, "there.ndjson")
  writeFileSync(file, "mine")
  expect(await refused("--upstream", "ws://127.0.0.1:1", "--out", file)).toMatch(/is there already/)
  expect(readFileSync(file, "utf8")).toBe("mine")
})

it.each(["SIGKILL", "SIGINT"] as const)("has whole lines of all that went by when it ends by %s", async (signal) => {
  const upstream = new WebSocketServer({ port: 0, host: "127.0.0.1" })
  await once(upstream, "listening")
  upstream.on("connection", (socket) => socket.on("message", (data) => socket.send(String(data))))
  const file = join(folder, `${signal}.ndjson`)
  const command = fileURLToPath(new URL("./bin.js", import.meta.url))
  const url = `ws://127.0.0.1:${(upstream.address() as AddressInfo).port}`
  const recorder = spawn(process.execPath, [command, "record", "--upstream", url, "--out", file])
  const ended = once(recorder, "exit")
  const [said] = await once(recorder.stdout, "data")
  const client = new WebSocket(`${/Dial (\S+);/.exec(String(said))?.[1]}/v1/realtime`)
  await once(client, "open")
  for (let number = 1; number <= 50; number++) {
    const echoed = once(client, "message")
    client.send(JSON.stringify({ type: "x", number, mail: "ann@example.com", key: "sk-abcdef123456" }))
    await echoed
  }
  recorder.kill(signal)
  await ended
  client.terminate()
  upstream.close()
  const lines = readFileSync(file, "utf8").trimEnd().split("\n")
  const entries = lines.map((line) => JSON.parse(line))
  expect(entries.filter(({ event }) => event?.number === 50).map(({ dir }) => dir)).toEqual(["client", "server"])
  expect(lines.join("\n")).not.toMatch(/ann@example|abcdef123456/)
})
