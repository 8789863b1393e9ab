// How long a client has to wait for an answer before it may believe that none will come, and when it has given up.
import type { Entry } from "../trace/trace.ts"
import type { CreateReading, Reading, RequestReading, ResponseReading } from "./reading.ts"

/** Ten virtual seconds, the longest time-out of a real client that we know of (LiveKit's generateReply()). After it, an
 * unanswered create or a silent response no longer binds a client. */
export const patienceMs = 10_000

/** Whether nothing had come of that response for so long. */
export function isSilentAt({ signs, created }: ResponseReading, now: Entry, { trace }: Reading): boolean {
  const last = signs.findLast((index) => index < now.index) ?? created.index
  return now.at - (trace.entries[last]?.at ?? 0) >= patienceMs
}

/** Whether the app had been told before entry `index` that the create's request failed. */
export function isGivenUpBefore({ request }: CreateReading, index: number): boolean {
  return request !== undefined && isToldOffBefore(request, index)
}

/** Whether it may have been: that of one of those for which it may have been sent. */
export const mayBeGivenUpBefore = ({ request, mayBeFor }: CreateReading, index: number): boolean =>
  [...(request ? [request] : []), ...mayBeFor].some((each) => isToldOffBefore(each, index))

const isToldOffBefore = ({ futures }: RequestReading, index: number) =>
  futures.some(({ settled }) => settled.some((entry) => entry.as === "rejected" && entry.index < index))
