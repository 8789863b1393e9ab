// Two runs of one session call the same things by other ids. What was recorded is compared with what was played by binding
// each id of the one to exactly one of the other, for good.

export interface Bijection {
  /** Binds the two, or says that one of them is bound to another already. */
  bind(recorded: string, played: string): boolean
  /** What a recorded id is called in the play; itself where that is not known. */
  of(recorded: string): string
}

export function createBijection(): Bijection {
  const forth = new Map<string, string>()
  const back = new Map<string, string>()
  return {
    bind(recorded, played) {
      if (forth.has(recorded) || back.has(played))
        return forth.get(recorded) === played && back.get(played) === recorded
      forth.set(recorded, played)
      back.set(played, recorded)
      return true
    },
    of: (recorded) => forth.get(recorded) ?? recorded,
  }
}

/** Members that hold ids, and those whose members all do. */
const idMembers =
  /^(id|event_id|item_id|previous_item_id|call_id|response_id|previous_response_id|stream_id|approval_request_id)$/
const idHolders = /^metadata$/
/** Left out of every comparison: how much time had passed; and an event_id that only one of two events has, since a client
 * may send none. */
const timeMembers = /^audio_end_ms$/
/** What a redacting recorder leaves in place of words. */
const redactedWord = /\[(key|token|secret|email|phone)\]/

/** Where the played value differs from the recorded one, as a path such as `item.content.0.text`; undefined: nowhere. Binds
 * the ids on its way. */
export function differenceOf(
  recorded: unknown,
  played: unknown,
  ids: Bijection,
  path = "",
  isId = false,
): string | undefined {
  const here = path === "" ? "the event" : path
  if (typeof recorded === "string" && typeof played === "string") {
    if (isId) return ids.bind(recorded, played) ? undefined : here
    return recorded === played || redactedWord.test(recorded) ? undefined : here
  }
  if (!isObject(recorded) || !isObject(played) || Array.isArray(recorded) !== Array.isArray(played))
    return Object.is(recorded ?? null, played ?? null) ? undefined : here
  let first: string | undefined
  for (const name of new Set([...Object.keys(recorded), ...Object.keys(played)])) {
    if (timeMembers.test(name) || (name === "event_id" && !(recorded[name] && played[name]))) continue
    const inner = path === "" ? name : `${path}.${name}`
    const holdsId = Array.isArray(recorded) ? isId : isId || idMembers.test(name) || idHolders.test(name)
    first ??= differenceOf(recorded[name], played[name], ids, inner, holdsId)
  }
  return first
}

/** The value with its ids as the play calls them. */
export function bound<T>(value: T, ids: Bijection): T
export function bound(value: unknown, ids: Bijection): unknown {
  if (typeof value === "string") return ids.of(value)
  if (Array.isArray(value)) return value.map((each) => bound(each, ids))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, bound(each, ids)]))
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null
