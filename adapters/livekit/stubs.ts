// Stand-ins for what the LiveKit packages load and a case never uses: native media, file conversion, their own cloud.
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

/** As far as the Realtime session goes: a frame is data with its rate. Taken from rtc-node's src/audio_frame.ts. */
const audioFrame = `
module.exports.AudioFrame = class AudioFrame {
  constructor(data, sampleRate, channels, samplesPerChannel, userdata = {}) {
    Object.assign(this, { data, sampleRate, channels, samplesPerChannel, userdata })
  }
}
module.exports.TrackPublishOptions = class TrackPublishOptions {}
`

export const stubs: Readonly<Record<string, string>> = {
  "@livekit/rtc-node": absent("@livekit/rtc-node") + audioFrame,
  "@livekit/local-inference": absent("@livekit/local-inference"),
  "@livekit/av": `${absent("@livekit/av")}module.exports.getFfmpegPath = () => "ffmpeg"`,
  "@ffmpeg-installer/ffmpeg": 'module.exports = { path: "ffmpeg" }',
  "fluent-ffmpeg": `${absent("fluent-ffmpeg")}module.exports.setFfmpegPath = () => {}`,
  "livekit-server-sdk": absent("livekit-server-sdk"),
  "heap-js": absent("heap-js"),
  pidusage: absent("pidusage"),
  sharp: absent("sharp"),
}
