// Where in the report a reader is, as the part of the address behind `#`, so that every view can be linked and gone back to.
import type { CaseName } from "../case-key.ts"

/** What of the matrix is shown. Empty: all. */
export interface Filter {
  readonly verdicts: readonly string[]
  readonly subject: string
  readonly room: string
  /** news: not as the ledger says; known: failures that the ledger expects. */
  readonly ledger: "" | "news" | "known"
  readonly text: string
}

export type Route =
  | { readonly page: "matrix"; readonly filter: Filter }
  | { readonly page: "case"; readonly name: CaseName }
  | { readonly page: "coverage" }
  | { readonly page: "fuzz" }
  | { readonly page: "history" }

export const noFilter: Filter = { verdicts: [], subject: "", room: "", ledger: "", text: "" }

/** Reads what the reader or a link wrote; whatever it does not know is the matrix. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?")
  const search = new URLSearchParams(query)
  const say = (name: string) => search.get(name) ?? ""
  if (path === "case")
    return { page: "case", name: { subject: say("subject"), version: say("version"), scenario: say("scenario") } }
  if (path === "coverage" || path === "fuzz" || path === "history") return { page: path }
  const ledger = say("ledger")
  return {
    page: "matrix",
    filter: {
      verdicts: say("verdict").split(",").filter(Boolean),
      subject: say("subject"),
      room: say("room"),
      ledger: ledger === "news" || ledger === "known" ? ledger : "",
      text: say("q"),
    },
  }
}

export function hashOf(route: Route): string {
  if (route.page === "case") {
    const { subject, version, scenario } = route.name
    return `#/case?${new URLSearchParams({ subject, version, scenario })}`
  }
  if (route.page !== "matrix") return `#/${route.page}`
  const { verdicts, subject, room, ledger, text } = route.filter
  const members = { verdict: verdicts.join(","), subject, room, ledger, q: text }
  const search = new URLSearchParams(Object.entries(members).filter(([, value]) => value !== ""))
  return search.size > 0 ? `#/?${search}` : "#/"
}
