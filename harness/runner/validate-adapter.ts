// Holds an adapter to its contract. What it does wrong is our fault, not the subject's: the verdict is `broken`.
import { type Adapter, capabilities, type Driver, type World } from "../adapter.ts"

export class AdapterFault extends Error {
  override readonly name = "AdapterFault"
}

/** The adapter of a loaded module, checked for its form. Throws AdapterFault with one sentence. */
export function checkAdapter(value: unknown, from: string): Adapter {
  const adapter = value as Partial<Adapter> | undefined
  const wrong = (what: string) => new AdapterFault(`the adapter in ${from} ${what}`)
  if (typeof adapter !== "object" || adapter === null)
    throw wrong("is not an object; export `adapter` with name, version, protocol, can and open.")
  for (const field of ["name", "version"] as const)
    if (typeof adapter[field] !== "string" || adapter[field] === "") throw wrong(`has no ${field}; give it one.`)
  if (adapter.protocol !== "realtime" && adapter.protocol !== "responses")
    throw wrong('needs `protocol: "realtime"` or `"responses"`.')
  if (typeof adapter.open !== "function") throw wrong("has no open(world); add it.")
  if (!Array.isArray(adapter.can)) throw wrong("has no list `can` of capabilities; add it.")
  const unknown = adapter.can.find((name) => !Object.hasOwn(capabilities, name))
  if (unknown !== undefined)
    throw wrong(
      `claims the capability "${unknown}", which does not exist; there are ${Object.keys(capabilities).join(", ")}.`,
    )
  return adapter as Adapter
}

/** Opens the adapter; every throw out of it or of its driver becomes an AdapterFault in `faults`. */
export async function openValidated(adapter: Adapter, world: World, faults: AdapterFault[]): Promise<Driver> {
  const blame = (what: string, error: unknown) =>
    void faults.push(
      new AdapterFault(
        `${what} threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}; report it through world.report instead.`,
      ),
    )
  let driver: Driver | undefined
  try {
    const opened = await adapter.open(world)
    if (typeof opened?.perform === "function") driver = opened
    else faults.push(new AdapterFault("open() gave no driver with perform()."))
  } catch (error) {
    blame("open()", error)
  }
  return {
    async perform(operation) {
      try {
        await driver?.perform(operation)
      } catch (error) {
        blame(`perform({ do: "${operation.do}" })`, error)
      }
    },
  }
}
