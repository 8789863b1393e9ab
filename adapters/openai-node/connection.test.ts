import { EventEmitter } from "node:events"
import { describe, expect, it } from "vitest"
import { worldForTests } from "../world.test-support.ts"
import { followConnection } from "./connection.ts"

function connection({ isRecovered }: { readonly isRecovered: boolean }) {
  const client = Object.assign(new EventEmitter(), { socket: new EventEmitter() })
  const { report, told } = worldForTests({ url: "wss://api.openai.com/v1/realtime" })
  const onOpen = () => report.heard({ text: "open" })
  const onReconnected = () => report.heard({ text: "again" })
  followConnection({ id: "connect 1", client, isRecovered, onOpen, onReconnected }, report)
  return { client, told }
}

describe("a connection as a future", () => {
  it("is made when the socket opens, and only once", () => {
    const { client, told } = connection({ isRecovered: true })
    client.socket.emit("open")
    client.emit("reconnected")
    client.emit("close")
    expect(told).toEqual([
      ["opened", "connect 1"],
      ["settled", "connect 1", "resolved"],
      ["state", "connected"],
      ["heard", { text: "open" }],
      ["state", "reconnected"],
      ["heard", { text: "again" }],
      ["state", "disconnected"],
    ])
  })

  it("is made by an attempt that follows the first", () => {
    const { client, told } = connection({ isRecovered: true })
    client.socket.emit("close")
    client.emit("reconnected")
    expect(told.slice(1, 3)).toEqual([
      ["settled", "connect 1", "resolved"],
      ["state", "reconnected"],
    ])
  })

  it("is lost when the client begins to dial again, whatever becomes of its attempts", () => {
    const { client, told } = connection({ isRecovered: true })
    client.socket.emit("open")
    client.emit("reconnecting")
    client.emit("reconnecting")
    client.emit("reconnected")
    expect(told.filter(([what]) => what === "state")).toEqual([
      ["state", "connected"],
      ["state", "disconnected"],
      ["state", "reconnected"],
    ])
  })

  it("fails with the end of a client that gave up", () => {
    const { client, told } = connection({ isRecovered: true })
    client.emit("error", new Error("reconnect failed"))
    client.emit("close")
    expect(told.slice(1)).toEqual([
      ["error", "reconnect failed"],
      ["settled", "connect 1", "rejected"],
      ["state", "disconnected"],
    ])
  })

  it("ends with its socket, where the client does not dial again", () => {
    const { client, told } = connection({ isRecovered: false })
    client.socket.emit("open")
    client.socket.emit("close")
    expect(told.at(-1)).toEqual(["state", "disconnected"])
  })
})
