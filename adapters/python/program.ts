// How an adapter that is written in Python is started: with its subject's own interpreter and packages, and our driver.
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Program } from "../../harness/adapter.ts"
import { cacheRoot, installedPython, type PythonRecipe } from "../../harness/subjects/index.ts"

/** `adapter`: the Python file; it is given the subject's version. Throws InstallFault where the subject is not installed. */
export function pythonProgram(recipe: PythonRecipe, adapter: URL): Program {
  const { command, paths } = installedPython(recipe)
  const driver = fileURLToPath(new URL(".", import.meta.url))
  // Compiled once, and not beside our sources: large clients take seconds to import otherwise.
  const compiled = { PYTHONPYCACHEPREFIX: join(cacheRoot(), "pycache"), PYTHONDONTWRITEBYTECODE: "" }
  return {
    command,
    args: ["-X", "utf8", fileURLToPath(adapter), recipe.version],
    // The order of sets of strings follows from the hash seed; neither what the user has set for Python, nor where they
    // live, nor a proxy is for the subject.
    env: {
      PYTHONPATH: [driver, ...paths].join(delimiter),
      PYTHONHASHSEED: "0",
      PYTHONHOME: "",
      TZ: "UTC",
      NO_PROXY: "*",
      no_proxy: "*",
      ...compiled,
    },
  }
}

/** For a subject's `load`: nothing of it is loaded into this process. */
export const neverLoaded = async (): Promise<never> => {
  throw new Error("this subject is a program of its own and cannot be loaded here; use `program` of its entry")
}
