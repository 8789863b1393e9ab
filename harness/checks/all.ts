// Every invariant, in reading order: first that the client lives (a crash explains what follows), then that things end,
// then that they end in time, then that they are right.
import { attribution } from "./attribution.ts"
import { cancelHitsItsOwnResponse } from "./cancel-hits-its-own-response.ts"
import { closeIsClean } from "./close-is-clean.ts"
import { errorsSurface } from "./errors-surface.ts"
import { fullContextAfterEviction } from "./full-context-after-eviction.ts"
import { futuresSettleOnce } from "./futures-settle-once.ts"
import { healthyConnectionIsReused } from "./healthy-connection-is-reused.ts"
import { incrementalContextIsComplete } from "./incremental-context-is-complete.ts"
import type { Invariant } from "./invariant.ts"
import { neverChainOnAFailedResponse } from "./never-chain-on-a-failed-response.ts"
import { nextTurnWorks } from "./next-turn-works.ts"
import { noCrash } from "./no-crash.ts"
import { noLateOutput } from "./no-late-output.ts"
import { nothingDeliveredTwiceOnRetry } from "./nothing-delivered-twice-on-retry.ts"
import { nothingLost } from "./nothing-lost.ts"
import { oneActiveResponse } from "./one-active-response.ts"
import { outputBelongsToItsRequest } from "./output-belongs-to-its-request.ts"
import { reconnectIsBounded } from "./reconnect-is-bounded.ts"
import { settlesWhenAnswered } from "./settles-when-answered.ts"
import { streamsEnd } from "./streams-end.ts"
import { terminalSetIsComplete } from "./terminal-set-is-complete.ts"
import { toolRunsOnce } from "./tool-runs-once.ts"

export const invariants: readonly Invariant[] = [
  noCrash,
  futuresSettleOnce,
  settlesWhenAnswered,
  streamsEnd,
  terminalSetIsComplete,
  oneActiveResponse,
  noLateOutput,
  cancelHitsItsOwnResponse,
  outputBelongsToItsRequest,
  attribution,
  neverChainOnAFailedResponse,
  fullContextAfterEviction,
  incrementalContextIsComplete,
  nothingDeliveredTwiceOnRetry,
  healthyConnectionIsReused,
  toolRunsOnce,
  errorsSurface,
  nextTurnWorks,
  nothingLost,
  reconnectIsBounded,
  closeIsClean,
]
