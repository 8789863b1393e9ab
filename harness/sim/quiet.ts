// Quiet: nothing of the process is ready to run. Found by looking, never by a fixed number of ticks and never by a sleep.

/** The real setImmediate, kept before anyone can replace it. */
const immediate = setImmediate

/** Work that will call back without a timer: requests to the file system, threads or the resolver. */
const pendingRequest = /Req|Request|ConnectWrap|^Zlib|^Worker/

/** How many macrotasks a subject may keep itself busy without time passing. Beyond it, it loops for ever. */
const turnsAtMost = 20_000

export class NeverQuiet extends Error {
  override readonly name = "NeverQuiet"
}

// Between two immediates of one check phase all ticks and microtasks run, as between any two macrotasks, but the kernel is
// not asked: that costs a system call, and an in-memory case has nothing to ask it. So a batch of immediates is kept
// ready, and each look waits for the next of them.
const batch = 32
let ready = 0
let waiting: (() => void) | undefined

function fire() {
  ready -= 1
  const look = waiting
  waiting = undefined
  look?.()
}

/** Calls `look` when all ticks and microtasks that are ready now have run. */
function afterTurn(look: () => void) {
  if (ready === 0) {
    // Only the last one keeps the loop alive, so that there is just one to be told from those of others.
    for (; ready < batch - 1; ready++) immediate(fire).unref()
    immediate(fire)
    ready = batch
  }
  waiting = look
}

/** What others have under way. */
function underWay(): "request" | "immediate" | undefined {
  let immediates = ready > 0 ? -1 : 0
  for (const name of process.getActiveResourcesInfo()) {
    if (name === "Immediate") immediates += 1
    else if (pendingRequest.test(name)) return "request"
  }
  return immediates > 0 ? "immediate" : undefined
}

/** Drains microtasks, ticks and macrotasks until one whole turn passes in which `activity()` did not change and no native
 * request is under way; then calls `next`, and again each time that gives true, since that made something happen. Rejects
 * with what `next` throws, and with NeverQuiet when quiet does not come about. */
export function untilQuiet(activity: () => number, next: () => boolean = () => false): Promise<void> {
  return new Promise((resolve, reject) => {
    let turns = 0
    let before = activity()
    const goOn = () => {
      before = activity()
      afterTurn(look)
    }
    const look = () => {
      // What makes itself known is looked at again in any case; what others have under way is dearer to ask.
      const isActive = activity() !== before
      const busy = isActive ? undefined : underWay()
      // How long a thread or the kernel takes says nothing about the subject: on a busy machine, many turns.
      if (busy !== "request" && ++turns > turnsAtMost) return reject(new NeverQuiet(neverQuiet))
      // The kernel has to be asked, and the immediates of others to run.
      if (busy) return void immediate(goOn)
      if (isActive) return goOn()
      try {
        if (!next()) return resolve()
      } catch (error) {
        return reject(error)
      }
      turns = 0
      goOn()
    }
    afterTurn(look)
  })
}

const neverQuiet = `still busy after ${turnsAtMost} turns of the event loop without any time passing`
