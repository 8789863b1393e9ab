// @langwatch/scenario with all that it loads: what the slim bundle is held against. Nothing else uses it.
import type { NpmRecipe } from "../../harness/subjects/index.ts"
import { langwatch } from "./package.ts"

export const fullVersion = "0.5.3"

/** One file, too, since plain Node cannot load 0.5.3, but without stand-ins. Not part of `rtspec subjects install`. */
export const langwatchFull: NpmRecipe = {
  ...langwatch(fullVersion),
  name: "langwatch-full",
  withOptional: true,
  bundle: { entry: langwatch(fullVersion).bundle?.entry ?? "", stubs: {} },
}
