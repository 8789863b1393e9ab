// How rtspec drives the client: it moves the client and reports what it sees. It never asserts, retries, sleeps or reads a
// clock. What the client cannot do stays out of `can`; scenarios that need it are then unsupported, and not failed.
import type { Adapter } from "rtspec"
import { ExampleClient } from "./example-client.js"

export const adapter: Adapter = {
  name: "my-client",
  version: "0.0.0",
  protocol: "responses",
  can: ["text-turn", "text-output", "reply-stream", "error-event"],
  open({ url, model, report }) {
    const client = new ExampleClient(url, model)
    client.on("failure", (error) => report.error(error))
    client.on("closed", () => report.state("disconnected"))
    return {
      perform(operation) {
        switch (operation.do) {
          case "connect":
            return void report.follow({ id: "connect", kind: "connect" }, client.connect())
          case "say": {
            const { request, text } = operation
            // Every stream that the client hands out is followed: it must end exactly once.
            const ended = client.ask(text, (piece, response) => report.heard({ text: piece, response }))
            return void report.follow({ id: `stream of ${request}`, kind: "stream", request }, ended)
          }
          case "close":
            return client.close()
        }
      },
    }
  },
}
