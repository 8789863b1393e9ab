// Makes Python environments of exactly what a file of requirements pins, by hash, through venv and pip. Wheels only: no
// package's own code is run.
import { spawn } from "node:child_process"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { environmentFolder, packagesFolder } from "./cache.ts"
import { InstallFault } from "./fault.ts"
import { type PythonRecipe, titleOf } from "./recipe.ts"

/** Installs into `folder`: an environment, or packages upon the environment in `upon`. `onPackage` is told of each. */
export type PipInstall = (
  recipe: PythonRecipe,
  folder: string,
  upon: string | undefined,
  onPackage: () => void,
) => Promise<void>

const interpreters = ["python3.11", "python3.12", "python3.13", "python3"]
const oldestMinor = 11

/** The interpreter of an environment. */
export const pythonIn = (environment: string): string =>
  process.platform === "win32" ? join(environment, "Scripts", "python.exe") : join(environment, "bin", "python")

/** Rejects with InstallFault: no-python, no-network or pip-failed. */
export const pipInstall: PipInstall = async (recipe, folder, upon, onPackage) => {
  const environment = join(upon ?? folder, environmentFolder)
  if (upon === undefined) await makeEnvironment(recipe, environment)
  const into = upon === undefined ? [] : ["--target", join(folder, packagesFolder)]
  const flags = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--no-compile", "--no-input"]
  const quiet = ["--disable-pip-version-check", "--no-warn-script-location", "--retries", "2", "--progress-bar", "off"]
  const requirements = fileURLToPath(recipe.requirements)
  const complaints: string[] = []
  const code = await runTold(
    pythonIn(environment),
    ["-m", "pip", "install", ...flags, ...quiet, ...into, "-r", requirements],
    (line) => {
      if (/^Collecting /.test(line)) onPackage()
      if (/^(ERROR|WARNING): /.test(line)) complaints.push(line)
    },
  )
  if (code !== 0) throw pipFault(recipe, complaints, code)
}

async function makeEnvironment(recipe: PythonRecipe, environment: string): Promise<void> {
  const chosen = process.env.RTSPEC_PYTHON
  for (const python of chosen === undefined ? interpreters : [chosen]) {
    const code = await runTold(python, ["-c", `import sys; sys.exit(sys.version_info < (3, ${oldestMinor}))`], () => {})
    if (code !== 0) continue
    const said: string[] = []
    if ((await runTold(python, ["-m", "venv", environment], (line) => void said.push(line))) === 0) return
    throw new InstallFault(
      "no-python",
      `${python} could not make a virtual environment for ${titleOf(recipe)}: ${said.join(" ").slice(0, 300)}`,
    )
  }
  const looked = chosen === undefined ? "on the PATH" : `at RTSPEC_PYTHON (${chosen})`
  throw new InstallFault(
    "no-python",
    `${titleOf(recipe)} needs Python 3.${oldestMinor} or later, and there is none ${looked}; install it, or set RTSPEC_PYTHON to one.`,
  )
}

/** Runs a program; `onLine` is told of what it prints. Gives its exit code, or undefined where it could not be started. */
function runTold(
  command: string,
  args: readonly string[],
  onLine: (line: string) => void,
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: pipEnvironment() })
    for (const output of [child.stdout, child.stderr]) createInterface(output).on("line", onLine)
    child.on("error", () => resolve(undefined))
    child.on("close", (code) => resolve(code ?? 1))
  })
}

/** As the user's own, but for what would lead pip or Python elsewhere. */
function pipEnvironment(): NodeJS.ProcessEnv {
  const { PYTHONPATH: _path, PYTHONHOME: _home, PIP_TARGET: _target, PIP_USER: _user, ...rest } = process.env
  return rest
}

/** One sentence out of what pip complained of. */
export function pipFault(recipe: PythonRecipe, complaints: readonly string[], code: number | undefined): InstallFault {
  if (complaints.some((line) => /connection broken|Max retries|Temporary failure|Network is unreachable/i.test(line)))
    return new InstallFault(
      "no-network",
      `could not reach the Python package index for ${titleOf(recipe)}; check the network or pip's settings, and install again.`,
    )
  const said = complaints.findLast((line) => line.startsWith("ERROR: "))?.slice("ERROR: ".length)
  return new InstallFault("pip-failed", `pip could not install ${titleOf(recipe)}: ${said ?? `it ended with ${code}`}`)
}

/** Files by which an install is known to be whole: each package's list of its files, and the interpreter. */
export function wholeBy(folder: string): readonly string[] {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => /^(RECORD|pyvenv\.cfg|python|python\.exe)$/.test(entry.name) && !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  return files.sort()
}
