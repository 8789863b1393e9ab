// One port for pages and for WebSockets: who dials an address that somebody waits at is handed over with the stream, as
// it came; everything else is a page.
import { createServer as createHttpServer } from "node:http"
import { type AddressInfo, createServer, type Socket } from "node:net"
import type { Endpoint } from "./endpoint.ts"

export interface Page {
  readonly status: number
  readonly type: "text/plain" | "application/json"
  readonly body: string
}

export interface FrontDoorOptions {
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  page(url: string): Page
  /** Who waits for WebSockets at this address; undefined: nobody, and the page says why. */
  endpoint(url: string): Endpoint | undefined
}

export interface FrontDoor {
  readonly port: number
  close(): void
}

/** A request's head; longer ones are none. */
const headAtMost = 16_384

/** Rejects where the port cannot be had. */
export async function openFrontDoor({ host, port, page, endpoint }: FrontDoorOptions): Promise<FrontDoor> {
  const pages = createHttpServer((request, response) => {
    const { status, type, body } = page(request.url ?? "/")
    response.writeHead(status, { "content-type": `${type}; charset=utf-8` }).end(body)
  })
  const streams = new Set<Socket>()
  const door = createServer((stream) => {
    streams.add(stream)
    stream.once("close", () => streams.delete(stream))
    stream.on("error", () => {})
    let head = Buffer.alloc(0)
    const onData = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk])
      if (!head.includes("\r\n\r\n") && head.length < headAtMost) return
      stream.pause()
      stream.off("data", onData)
      stream.unshift(head)
      const text = head.toString("latin1")
      const isSocket = /^upgrade:\s*websocket/im.test(text)
      const waiting = isSocket ? endpoint(text.split(" ", 2)[1] ?? "/") : undefined
      if (waiting) waiting.take(stream)
      else pages.emit("connection", stream)
      stream.resume()
    }
    stream.on("data", onData)
  })
  await new Promise<void>((resolve, reject) => {
    door.once("error", reject)
    door.listen(port, host, resolve)
  })
  return {
    port: (door.address() as AddressInfo).port,
    close() {
      door.close()
      for (const stream of streams) stream.destroy()
    },
  }
}
