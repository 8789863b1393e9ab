import { homedir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { cacheRoot } from "./cache.ts"

describe("where installs are", () => {
  it.each([
    [{ RTSPEC_CACHE: "/mine", XDG_CACHE_HOME: "/xdg" }, "/mine"],
    [{ XDG_CACHE_HOME: "/xdg" }, join("/xdg", "rtspec")],
    [{}, join(homedir(), ".cache", "rtspec")],
  ])("%j", (env, root) => {
    expect(cacheRoot(env)).toBe(root)
  })
})
