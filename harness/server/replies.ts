// How the server replies when no story tells it to: a little later, two pieces, done. Used once faults have stopped.
import type { Line } from "./line.ts"
import type { Stage } from "./server.ts"
import { responseId, type Waiting } from "./speaker.ts"

const stepMs = 50

export interface Replies {
  answer(line: Line, create: Waiting): void
  /** Answers what waits and finishes what is under way. */
  finishAll(line: Line): void
}

export function createReplies({ clock }: Pick<Stage, "clock">): Replies {
  let count = 0
  /** One that no recorded response has. */
  const nextLabel = (line: Line): string => {
    const label = `r${++count}`
    return line.speaker.knows(responseId(label)) ? nextLabel(line) : label
  }
  const later = (line: Line, steps: number, say: Parameters<Line["say"]>[0]) =>
    clock.schedule(steps * stepMs, () => line.say(say))
  const stream = (line: Line, label: string) => {
    later(line, 1, () => line.speaker.piece(label, {}))
    later(line, 2, () => line.speaker.piece(label, {}))
    finish(line, responseId(label), 3)
  }
  const finish = (line: Line, id: string, steps: number) => {
    later(line, steps, () => line.speaker.finish(id))
    clock.schedule((steps + 1) * stepMs, () => succeed(line))
  }
  /** Starts what follows on steered responses that have ended. */
  const succeed = (line: Line) => {
    for (const parent of line.speaker.successorsOwed()) {
      const label = nextLabel(line)
      line.say(() => line.speaker.start(responseId(label), null, { after: parent }) ?? [])
      stream(line, label)
    }
  }
  const answerAs = (label: string, line: Line, create: Waiting) =>
    later(line, 1, () => {
      if (!line.speaker.waiting().includes(create)) return []
      const events = line.speaker.answer(responseId(label), create)
      if (events) stream(line, label)
      else if (line.connection.reaches) answerAs(label, line, create)
      return events ?? []
    })
  return {
    answer: (line, create) => answerAs(nextLabel(line), line, create),
    finishAll(line) {
      for (const id of line.speaker.running()) finish(line, id, 1)
      for (const create of line.speaker.waiting()) answerAs(nextLabel(line), line, create)
      succeed(line)
    },
  }
}
