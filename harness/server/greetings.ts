// How a new connection is met: with a session, with nothing (a sideband socket waits for the client's session.update), or
// with an error and a close. api.openai.com checks key, model and shape only after the upgrade (PROTOCOL.md A.1).
import type { Scenario } from "../script/scenario.ts"
import type { Dialling } from "../transports/endpoint.ts"
import type { Line } from "./line.ts"
import type { Stage } from "./server.ts"

/** The error that a connection is told, and the code that it is closed with. */
export interface Farewell {
  readonly code: string | null
  readonly message: string
  readonly closeCode: number
}

export interface Greetings {
  /** A connection with that number will be accepted. */
  expect(number: number, headers: Dialling["headers"]): void
  greet(line: Line): void
}

/** As probed (PROTOCOL.md A.5). */
const betaRetired: Farewell = {
  code: "beta_api_shape_disabled",
  message: "The Realtime Beta API is no longer supported. Please use /v1/realtime for the GA API.",
  closeCode: 4000,
}

export function createGreetings(stage: Stage, server: Scenario["server"] = {}): Greetings {
  const farewells = new Map<number, Farewell>()
  return {
    expect(number, headers) {
      const isBeta = server.refusesBeta === true && headers["openai-beta"] !== undefined
      const farewell = isBeta ? betaRetired : stage.farewells.shift()
      if (farewell) farewells.set(number, farewell)
    },
    greet(line) {
      const farewell = farewells.get(line.connection.number)
      if (farewell) return turnAway(line, farewell)
      line.say(() => line.speaker.greeting())
    },
  }
}

function turnAway(line: Line, { code, message, closeCode }: Farewell): void {
  line.say(() => line.speaker.error({ code, message, eventId: "null" }))
  line.put(() => ({ kind: "close", code: closeCode, reason: `invalid_request_error.${code ?? "null"}` }))
}
