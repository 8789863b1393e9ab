// Seeds the process's own chance: Math.random and what node:crypto gives. Call before the subject is imported.
import crypto from "node:crypto"
import { syncBuiltinESMExports } from "node:module"
import { createRandom, type Random } from "./random.ts"

export interface Chance {
  /** From here on, every random byte follows from `seed`. */
  reseed(seed: string): void
  uninstall(): void
}

type Bytes = NodeJS.ArrayBufferView | ArrayBuffer
const view = (bytes: Bytes) =>
  bytes instanceof ArrayBuffer
    ? new Uint8Array(bytes)
    : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** RFC 4122 version 4, from sixteen bytes of `random`. */
function uuidFrom(random: Random): `${string}-${string}-${string}-${string}-${string}` {
  const bytes = Buffer.alloc(16)
  random.bytes(bytes)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString("hex")
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Replaces Math.random, randomBytes, randomFill(Sync), randomInt, randomUUID and the Web Crypto's getRandomValues. */
export function installChance(): Chance {
  let random = createRandom("0")
  const fill = <T extends Bytes>(bytes: T): T => {
    random.bytes(view(bytes))
    return bytes
  }
  const seeded = {
    randomBytes(size: number, callback?: (error: null, bytes: Buffer) => void) {
      const bytes = fill(Buffer.alloc(size))
      if (!callback) return bytes
      process.nextTick(callback, null, bytes)
    },
    randomFillSync: (bytes: Bytes, offset = 0, size?: number) => {
      random.bytes(view(bytes).subarray(offset, size === undefined ? undefined : offset + size))
      return bytes
    },
    randomFill(bytes: Bytes, ...rest: unknown[]) {
      const callback = rest.at(-1) as (error: null, bytes: Bytes) => void
      process.nextTick(callback, null, fill(bytes))
    },
    randomInt: (from: number, to?: number) =>
      to === undefined ? random.integer(0, from - 1) : random.integer(from, to - 1),
    randomUUID: () => uuidFrom(random),
  }
  const web = { randomUUID: seeded.randomUUID, getRandomValues: fill }
  const undo = [
    replace(Math, { random: () => random.fraction() }),
    replace(crypto, seeded),
    replace(Object.getPrototypeOf(globalThis.crypto), web),
  ]
  syncBuiltinESMExports()
  return {
    reseed: (seed) => {
      random = createRandom(seed)
    },
    uninstall: () => {
      for (const restore of undo) restore()
      syncBuiltinESMExports()
    },
  }
}

/** Overwrites members of `target`; returns what puts the old ones back. */
function replace(target: object, members: Readonly<Record<string, unknown>>): () => void {
  const before = Object.fromEntries(
    Object.keys(members).map((name) => [name, Object.getOwnPropertyDescriptor(target, name)]),
  )
  for (const [name, value] of Object.entries(members))
    Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: true })
  return () => {
    for (const [name, old] of Object.entries(before)) if (old) Object.defineProperty(target, name, old)
  }
}
