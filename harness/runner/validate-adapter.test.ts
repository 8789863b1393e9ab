// An adapter's form, and what becomes of its throws.
import { describe, expect, it } from "vitest"
import type { Adapter, World } from "../adapter.ts"
import { type AdapterFault, checkAdapter, openValidated } from "./validate-adapter.ts"

const right = { name: "mine", version: "1", protocol: "realtime", can: ["text-turn"], open: () => ({ perform() {} }) }

describe("an adapter's form", () => {
  it("is given back as it is when it is right", () => {
    expect(checkAdapter(right, "mine.ts")).toBe(right)
  })

  it.each([
    [undefined, "is not an object; export `adapter` with name, version, protocol, can and open."],
    [null, "is not an object"],
    [{ ...right, name: "" }, "has no name; give it one."],
    [{ ...right, version: 1 }, "has no version; give it one."],
    [{ ...right, protocol: "webrtc" }, 'needs `protocol: "realtime"` or `"responses"`.'],
    [{ ...right, open: {} }, "has no open(world); add it."],
    [{ ...right, can: "text-turn" }, "has no list `can` of capabilities; add it."],
    [{ ...right, can: ["toString"] }, 'claims the capability "toString", which does not exist; there are text-turn'],
  ])("%j is refused with one sentence", (value, sentence) => {
    expect(() => checkAdapter(value, "mine.ts")).toThrow(`the adapter in mine.ts ${sentence}`)
  })
})

describe("what an opened adapter throws", () => {
  /** Opens and connects; the sentences of what was wrong. */
  async function faultsOf(open: unknown): Promise<string[]> {
    const faults: AdapterFault[] = []
    const driver = await openValidated({ ...right, open } as unknown as Adapter, {} as World, faults)
    await driver.perform({ do: "connect" })
    return faults.map(({ message }) => message)
  }
  const boom = () => {
    throw new RangeError("boom")
  }

  it.each([
    ["nothing", right.open, []],
    ["out of open()", boom, ["open() threw RangeError: boom; report it through world.report instead."]],
    [
      "out of open(), later",
      async () => boom(),
      ["open() threw RangeError: boom; report it through world.report instead."],
    ],
    [
      "out of perform()",
      () => ({ perform: boom }),
      ['perform({ do: "connect" }) threw RangeError: boom; report it through world.report instead.'],
    ],
    [
      "out of perform(), later and no Error",
      () => ({ perform: () => Promise.reject("boom") }),
      ['perform({ do: "connect" }) threw boom; report it through world.report instead.'],
    ],
  ])("%s", async (_, open, sentences) => {
    expect(await faultsOf(open)).toEqual(sentences)
  })

  it("is said once where open() gives no driver", async () => {
    expect(await faultsOf(() => ({ run() {} }))).toEqual(["open() gave no driver with perform()."])
    expect(await faultsOf(() => undefined)).toEqual(["open() gave no driver with perform()."])
  })
})
