// Selecting by name: globs with `*`, and the nearest names when a glob matches nothing.
import { UsageFault } from "./faults.ts"

/** `*` stands for any run of characters, slashes included. */
export function matchesGlob(glob: string, name: string): boolean {
  const pattern = glob.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
  return new RegExp(`^${pattern.join(".*")}$`).test(name)
}

/** Members that any glob selects, in their own order. Throws UsageFault, naming the nearest, for a glob that selects none. */
export function select<T>(
  kind: string,
  members: readonly T[],
  globs: readonly string[],
  namesOf: (member: T) => readonly string[],
): T[] {
  const hit = (glob: string, member: T) => namesOf(member).some((name) => matchesGlob(glob, name))
  for (const glob of globs) {
    if (members.some((member) => hit(glob, member))) continue
    const near = nearest(glob, members.flatMap(namesOf))
    throw new UsageFault(
      `no ${kind} is called "${glob}"; the nearest are ${near.join(", ")}. See: rtspec list ${kind}s`,
    )
  }
  return members.filter((member) => globs.some((glob) => hit(glob, member)))
}

/** Up to three names with the least edit distance. */
export function nearest(name: string, names: readonly string[]): string[] {
  const ranked = [...new Set(names)].map((each) => ({ each, distance: editDistance(name, each) }))
  return ranked
    .sort((one, other) => one.distance - other.distance)
    .slice(0, 3)
    .map(({ each }) => each)
}

function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1]
    for (const [column, against] of [...other].entries()) {
      const replaced = (row[column] ?? 0) + (letter === against ? 0 : 1)
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
