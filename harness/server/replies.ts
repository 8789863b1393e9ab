// How the server replies when no story tells it to: a little later, two pieces, done. Used once faults have stopped.
import type { PendingCreate } from "../protocol/realtime/state.ts"
import type { Line } from "./line.ts"
import { composePiece, isRunning, isRunningOn } from "./output.ts"
import type { Stage } from "./server.ts"

const stepMs = 50

export interface Replies {
  answer(line: Line, create: PendingCreate): void
  /** Answers what waits and finishes what is under way. */
  finishAll(line: Line): void
}

export function createReplies({ clock, labels }: Pick<Stage, "clock" | "labels">): Replies {
  let count = 0
  const later = (line: Line, steps: number, say: Parameters<Line["say"]>[0]) =>
    clock.schedule(steps * stepMs, () => line.say(say))
  const finish = (line: Line, id: string, steps: number) =>
    later(line, steps, () => (isRunningOn(line, id) ? line.model.composer.finishResponse(id) : []))
  const answer: Replies["answer"] = (line, create) => {
    const label = `r${++count}`
    const { model } = line
    later(line, 1, () => {
      if (!model.state.pendingCreates.includes(create)) return []
      if (!create.outOfBand && model.state.activeDefault !== null) return model.composer.createRefused(create)
      return model.composer.startResponse({ id: `resp_${label}`, for: create })
    })
    later(line, 2, () => composePiece(line, labels, label))
    later(line, 3, () => composePiece(line, labels, label))
    finish(line, `resp_${label}`, 4)
  }
  return {
    answer,
    finishAll(line) {
      for (const [id, response] of line.model.state.responses) if (isRunning(response)) finish(line, id, 1)
      for (const create of line.model.state.pendingCreates) answer(line, create)
    },
  }
}
