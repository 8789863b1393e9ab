// Processes handed on from one subject to the next, where starting one costs more than most subjects' whole campaign: for
// the mutants, which are all the same module.
import type { Spares } from "../runner/player.ts"
import type { SubjectProcess } from "../runner/subject-process.ts"

export interface SpareProcesses extends Spares {
  /** Ends those that nobody has. */
  stop(): void
}

export function createSpares(): SpareProcesses {
  const idle: SubjectProcess[] = []
  let isOver = false
  return {
    take: () => idle.pop(),
    give(process) {
      if (isOver) process.stop()
      else idle.push(process)
    },
    stop() {
      isOver = true
      for (const process of idle.splice(0)) process.stop()
    },
  }
}
