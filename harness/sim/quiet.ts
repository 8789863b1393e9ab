// Quiet: nothing of the process is ready to run. Found by looking, never by a fixed number of ticks and never by a sleep.

/** The real setImmediate, kept before anyone can replace it. */
const turn = setImmediate

/** Work that will call back without a timer: immediates, and requests to the file system, threads or the resolver. */
const pendingWork = /^Immediate$|Req|Request|^Zlib|^Worker/

/** How many macrotasks a subject may keep itself busy without time passing. Beyond it, it loops for ever. */
const turnsAtMost = 20_000

export class NeverQuiet extends Error {
  override readonly name = "NeverQuiet"
}

/** Drains microtasks, ticks and macrotasks until one whole turn passes in which `activity()` did not change and no native
 * request is under way. Rejects with NeverQuiet when that does not come about. */
export async function untilQuiet(activity: () => number): Promise<void> {
  for (let turns = 0; turns < turnsAtMost; turns++) {
    const before = activity()
    await new Promise<void>((resolve) => turn(resolve))
    if (activity() === before && !process.getActiveResourcesInfo().some((name) => pendingWork.test(name))) return
  }
  throw new NeverQuiet(`still busy after ${turnsAtMost} turns of the event loop without any time passing`)
}
