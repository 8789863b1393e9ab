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

const tooLate: ServerEvent = {
  type: "response.steer.failed",
  steer: { previous_response_id: "resp_a" },
  error: { code: "response_already_completed", message: "The response has already completed." },
}

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
  expect(steering.receive(says("failed", "steer_1"))?.error.code).toBe("successor_creation_failed")
  expect(steering.takenFor("resp_a")).toEqual([second])
})

it("is nothing, though the one before it was taken", () => {
  const steering = steered()
  steering.receive(says("failed", "steer_2"))
  expect(steering.takenFor("resp_a")).toEqual([first])
})

it("is all else that was taken, where the end has come and one came too late, or is not gone on with", () => {
  const steering = steered()
  steering.add("resp_a", userMessage("Slower."))
  steering.receive(says("accepted", "steer_2"))
  expect(steering.takenFor("resp_a")).toEqual([first, second])
  expect(steering.receive(tooLate)).toMatchObject({ isLast: false })
  expect(steering.receive(says("failed", "steer_2"))).toMatchObject({ isLast: false })
  expect(steering.receive(says("failed", "steer_1"))).toMatchObject({ isLast: true })
})
