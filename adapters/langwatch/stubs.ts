// Stand-ins for what @langwatch/scenario loads and a case never uses: judges and simulators, other vendors, tracing, ffmpeg.
// Whatever a case does use after all throws and says so, instead of behaving a little differently.

/** Any export is a class that cannot be made. Shaped for esbuild, which copies a CommonJS module's own members only. */
const absent = (name: string) => `
const missing = (key) => class Missing {
  constructor() { throw new Error("${name} is not part of the slim bundle: " + key + " was used") }
}
module.exports = Object.create(new Proxy({}, {
  get: (_, key) => typeof key === "symbol" || key === "default" || key === "__esModule" ? undefined : missing(key),
}))
`

const names = [
  "@ai-sdk/openai",
  "@elevenlabs/elevenlabs-js",
  "@modelcontextprotocol/sdk",
  "ai",
  "ffmpeg-static",
  "langwatch",
  "open",
  "openai",
]

export const stubs: Readonly<Record<string, string>> = Object.fromEntries(names.map((name) => [name, absent(name)]))
