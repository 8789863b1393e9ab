// How rtspec drives the client: it moves the client and reports what it sees. It never asserts, retries, sleeps or reads a
// clock. What the client cannot do stays out of `can`; scenarios that need it are then unsupported, and not failed.
import type { Adapter } from "rtspec"
import { ExampleClient } from "./example-client.js"

export const adapter: Adapter = {
  name: "my-client",
  version: "0.0.0",
  protocol: "realtime",
  can: ["text-turn", "text-output", "reply-future", "error-event"],
  open({ url, report }) {
    const client = new ExampleClient(url)
    client.on("text", (text: string, response: string) => report.heard({ text, response }))
    client.on("failure", (error) => report.error(error))
    client.on("closed", () => report.state("disconnected"))
    return {
      perform(operation) {
        switch (operation.do) {
          case "connect":
            return void report.follow({ id: "connect", kind: "connect" }, client.connect())
          case "say": {
            const { request, text } = operation
            // Every promise that the client hands out is followed: it must settle exactly once.
            const reply = report.follow(
              { id: `reply to ${request}`, kind: "reply", request },
              client.say(text),
              (id) => ({
                response: String(id),
              }),
            )
            return void reply
          }
          case "close":
            return client.close()
        }
      },
    }
  },
}
