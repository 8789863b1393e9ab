// Seeded chance, forked by name: a new consumer takes a fork of its own and so never reshuffles what old seeds gave to
// the others.
import { createHash } from "node:crypto"
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus"

export interface Random {
  readonly seed: string
  /** A whole number, `from` and `to` included. */
  integer(from: number, to: number): number
  /** At least 0, below 1. */
  fraction(): number
  bytes(into: Uint8Array): void
  fork(name: string): Random
}

/** Chance that depends on `seed` and on nothing else. */
export function createRandom(seed: string): Random {
  const digest = createHash("sha256").update(seed).digest()
  const word = (at: number) => digest.readInt32LE(at * 4)
  const generator = xoroshiro128plusFromState([word(0), word(1), word(2), word(3) | 1])
  const next = () => generator.next() >>> 0
  const fraction = () => next() / 0x1_0000_0000
  return {
    seed,
    fraction,
    integer: (from, to) => from + Math.floor(fraction() * (to - from + 1)),
    bytes(into) {
      for (let at = 0; at < into.length; at++) into[at] = next() & 0xff
    },
    fork: (name) => createRandom(`${seed}/${name}`),
  }
}
