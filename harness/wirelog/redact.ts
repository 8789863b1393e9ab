// Takes secrets and people out of what is written down: keys, tokens, e-mail addresses, telephone numbers; audio becomes its
// length and a hash, so that equal audio stays equal. What it does not know it leaves: it redacts values, not words.
import { createHash } from "node:crypto"
import { isMembers } from "./shape.ts"

/** Members whose text is audio or an image, whatever the event. */
const payloads = new Set(["audio", "image_url"])
/** Members whose value is a secret. */
const secrets =
  /^(authorization|api[-_]?key|x-api-key|client_secret|ephemeral_key|token|access_token|refresh_token|secret|password|cookie|set-cookie|safety_identifier)$/i

const patterns: readonly (readonly [RegExp, string])[] = [
  [/\b(sk|ek|ak|pk|rk|xai|gsk)[-_][A-Za-z0-9_-]{6,}/g, "[key]"],
  [/\bBearer\s+[A-Za-z0-9._~+/=-]{6,}/gi, "Bearer [token]"],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g, "[token]"],
  [/[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g, "[email]"],
  // Not a date.
  [/(?<![\w.-])(?!(?:19|20)\d\d-[01]\d-[0-3]\d\b)\+?\(?\d{1,4}\)?(?:[\s./-]\(?\d{2,4}\)?){2,5}(?![\w.-])/g, "[phone]"],
  [/(?<![\w.-])\+\d{8,15}(?![\w.])/g, "[phone]"],
]

/** Text without what looks like a secret. */
export function redactText(text: string): string {
  return patterns.reduce((rest, [pattern, word]) => rest.replace(pattern, word), text)
}

/** A JSON value without secrets; the same value where there is nothing to take out. */
export function redact(value: unknown, name = "", isAudio = false): unknown {
  if (typeof value === "string") return redactString(value, name, isAudio)
  if (Array.isArray(value)) return value.map((each) => redact(each, name, isAudio))
  if (!isMembers(value)) return value
  const carries = typeof value.type === "string" && /audio\.delta$/.test(value.type)
  return Object.fromEntries(
    Object.entries(value).map(([member, each]) => [
      redactText(member),
      redact(each, member, carries && member === "delta"),
    ]),
  )
}

function redactString(text: string, name: string, isAudio: boolean): string {
  if (secrets.test(name)) return "[secret]"
  if (isAudio || (payloads.has(name) && text.length > 64)) return digest(text)
  return redactText(text)
}

/** `[audio 9600 bytes 3f2a…]`: the decoded length, and the hash of the text. */
function digest(text: string): string {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 16)
  return `[audio ${Buffer.byteLength(text, "base64")} bytes ${hash}]`
}

/** A URL without its secrets: the query's values of secret names, and user and password. */
export function redactUrl(url: string): string {
  try {
    const parsed = new URL(url)
    parsed.username = ""
    parsed.password = ""
    for (const name of [...parsed.searchParams.keys()])
      if (secrets.test(name) || /key|token|secret|signature/i.test(name)) parsed.searchParams.set(name, "[secret]")
    return redactText(decodeURI(parsed.href))
  } catch {
    return redactText(url)
  }
}
