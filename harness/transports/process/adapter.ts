// The adapter of a client in another program: operations are sent to it, and what it reports is reported.
import type { Adapter, Driver, Report, Tool, World } from "../../adapter.ts"
import type { Ending } from "./channel.ts"
import type { About, Sighting } from "./messages.ts"
import type { Session } from "./session.ts"

/** What else a case is told of: the program's end. */
export interface ProgramWorld {
  /** Seeds what chance the program has. */
  seed(): string
  /** The program was lost while a case was played. */
  onLost(ending: Ending): void
}

export function createProxyAdapter(about: About, session: Session, { seed, onLost }: ProgramWorld): Adapter {
  const { name, version, protocol, can, dialects } = about
  return {
    ...{ name, version, protocol, can, ...(dialects === undefined ? {} : { dialects }) },
    async open(world) {
      const { report, tools, ...data } = world
      await session.open(
        { do: "open", seed: seed(), ...data, tools: tools.map(offerOf) },
        {
          sighting: (each) => tell(withoutPort(each, world.url), report),
          tool: (call) => void runTool(call, world, session),
          ended: onLost,
        },
      )
      const driver: Driver = { perform: (operation) => session.send({ do: "perform", operation }) }
      return driver
    },
  }
}

const offerOf = ({ name, description, parameters }: Tool) => ({ name, description, parameters })

async function runTool(
  { id, name, args, call_id }: { id: number; name: string; args: unknown; call_id?: string },
  { tools }: World,
  session: Session,
): Promise<void> {
  const tool = tools.find((each) => each.name === name)
  try {
    if (!tool) throw new Error(`there is no tool ${name}`)
    const output = await tool.run(args, call_id === undefined ? {} : { call_id })
    session.send({ do: "tool-result", id, output })
  } catch (error) {
    session.send({ do: "tool-result", id, error: error instanceof Error ? error.message : String(error) })
  }
}

/** Members that are undefined are left out: zod gives them, the seam's types do not want them. */
const given = <T extends object>(members: T) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }

/** Errors name the URL that was dialled, and our port is another in every run. */
function withoutPort(sighting: Sighting, url: string): Sighting {
  if (!["error", "settled", "refused"].includes(sighting.report)) return sighting
  const { host, hostname } = new URL(url)
  const text = JSON.stringify(sighting)
  return text.includes(host) ? JSON.parse(text.replaceAll(host, hostname)) : sighting
}

function tell(sighting: Sighting, report: Report): void {
  switch (sighting.report) {
    case "opened":
      report.opened(given(sighting.future))
      break
    case "settled": {
      const { id, outcome } = sighting
      report.settled(id, outcome.as === "resolved" ? given(outcome) : { as: "rejected", error: outcome.error })
      break
    }
    case "heard":
      report.heard(given(sighting.output))
      break
    case "turn":
      report.turn(given(sighting.turn))
      break
    case "error":
      report.error(sighting.error, given(sighting.at ?? {}))
      break
    case "state":
      report.state(sighting.state)
      break
    case "refused":
      report.refused(sighting.operation, sighting.error)
      break
  }
}
