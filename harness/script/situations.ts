// The situations of the protocol sheet (fixtures/protocol/situations.json) that scenarios say they play.
import { readFileSync } from "node:fs"

export interface Situation {
  readonly id: string
  /** Who says what, in which order. */
  readonly sequence: string
}

const sheet = new URL("../../fixtures/protocol/situations.json", import.meta.url)

export const situations: readonly Situation[] = (
  JSON.parse(readFileSync(sheet, "utf8")) as { situations: readonly Situation[] }
).situations
