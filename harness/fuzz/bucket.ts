// Which failures are one: those that break the same invariant after stories of the same shape.
import { createHash } from "node:crypto"
import type { Step } from "../script/steps.ts"
import type { Tale } from "./tale.ts"

/** The kinds of its steps, of who hurries, and of its faults; names, texts and numbers make no difference. */
export function shapeOf({ beats, faults }: Pick<Tale, "beats" | "faults">): string {
  const told = beats.map(({ step, lets }) => `${stepShape(step)}${lets === null ? "" : "!"}`)
  return [...told, ...faults.map(({ fault, at }) => `${fault} at ${at.type}`).sort()].join(", ")
}

function stepShape(step: Step): string {
  if (step.step === "performs") return `user ${step.operation.do}`
  if (step.step !== "acts") return `${step.actor} ${step.step}`
  const { action } = step
  if (action.does === "finishes") return `server finishes ${action.status}`
  if (action.does === "starts") return action.for === null ? "server starts by itself" : "server starts"
  if (action.does === "repeats") return `server repeats ${action.type}`
  return `${step.actor} ${action.does}`
}

/** A name for the bucket that is the same in every run: the subject, the invariant, and a digest of the shape. */
export function bucketId(subject: string, invariant: string, tale: Pick<Tale, "beats" | "faults">): string {
  const digest = createHash("sha256")
    .update(`${invariant}\n${shapeOf(tale)}`)
    .digest("hex")
    .slice(0, 8)
  return `${subject.replace(/[^\w.-]+/g, "-")}-${invariant}-${digest}`
}
