// What remains of a steering that the server gives back.
import { expect, it } from "vitest"
import type { ServerEvent } from "../reference/events.ts"
import { userMessage } from "./context.ts"
import { Steering } from "./steering.ts"

const says = (is: "accepted" | "failed", id: string): ServerEvent => ({
  type: `response.steer.${is}`,
  steer: { id, previous_response_id: "resp_a" },
  ...(is === "failed" ? { error: { code: "successor_creation_failed", message: "No." } } : {}),
})

const [first, second] = [userMessage("Shorter."), userMessage("Louder.")]

function steered(): Steering {
  const steering = new Steering()
  steering.add("resp_a", first)
  steering.add("resp_a", second)
  steering.receive(says("accepted", "steer_1"))
  return steering
}

it("is nothing, though it was taken before", () => {
  const steering = steered()
  steering.receive(says("accepted", "steer_2"))
  expect(steering.receive(says("failed", "steer_1"))?.code).toBe("successor_creation_failed")
  expect(steering.takenFor("resp_a")).toEqual([second])
})

it("is nothing, though the one before it was taken", () => {
  const steering = steered()
  steering.receive(says("failed", "steer_2"))
  expect(steering.takenFor("resp_a")).toEqual([first])
})
