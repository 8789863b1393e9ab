// Makes one ESM file of fetched packages, with stand-ins for their heavy parts. What is taken along is taken unchanged.
import { join } from "node:path"
import type { Plugin } from "esbuild"
import { bundleFile } from "./cache.ts"
import { InstallFault } from "./fault.ts"
import { type BundleRecipe, type NpmRecipe, titleOf } from "./recipe.ts"

/** CommonJS packages in an ESM file still need these. */
const banner = [
  'import { createRequire as __createRequire } from "node:module"',
  'import { fileURLToPath as __fileURLToPath } from "node:url"',
  "const require = __createRequire(import.meta.url)",
  "const __filename = __fileURLToPath(import.meta.url)",
  'const __dirname = __fileURLToPath(new URL(".", import.meta.url))',
].join("\n")

function standIns(stubs: BundleRecipe["stubs"]): Plugin {
  const namespace = "stand-in"
  return {
    name: namespace,
    setup(build) {
      build.onResolve({ filter: /^[^.]/ }, ({ path }) => {
        const name = Object.keys(stubs).find((each) => path === each || path.startsWith(`${each}/`))
        return name === undefined ? undefined : { path: name, namespace }
      })
      build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({ contents: stubs[path] ?? "", loader: "js" }))
    },
  }
}

/** Writes `bundle.mjs` beside the packages of `folder`. Rejects with InstallFault. */
export async function makeBundle(recipe: NpmRecipe, bundle: BundleRecipe, folder: string): Promise<void> {
  try {
    const { build } = await import("esbuild")
    await build({
      stdin: { contents: bundle.entry, resolveDir: folder, loader: "js", sourcefile: "entry.js" },
      absWorkingDir: folder,
      outfile: join(folder, bundleFile),
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      keepNames: true,
      legalComments: "none",
      logLevel: "silent",
      banner: { js: banner },
      plugins: [standIns(bundle.stubs)],
    })
  } catch (error) {
    const said = error instanceof Error ? (error.message.split("\n")[1] ?? error.message) : String(error)
    throw new InstallFault("bundle-failed", `${titleOf(recipe)} could not be bundled: ${said}`, error)
  }
}
