// The frame: head, ways through the report, and the view that the address names.
import { useEffect, useRef } from "preact/hooks"
import { hashOf, noFilter, type Route } from "../route.ts"
import { CaseView } from "./case.tsx"
import { Coverage } from "./coverage.tsx"
import { data } from "./data.ts"
import { FuzzView } from "./fuzz.tsx"
import { HistoryView } from "./history.tsx"
import { MatrixView } from "./matrix.tsx"
import { ThemeToggle } from "./theme.tsx"
import { useRoute } from "./use-route.ts"

const ways: readonly { readonly route: Route; readonly name: string }[] = [
  { route: { page: "matrix", filter: noFilter }, name: "Results" },
  { route: { page: "coverage" }, name: "Coverage" },
  { route: { page: "fuzz" }, name: "Fuzzing" },
  { route: { page: "history" }, name: "History" },
]

export function App() {
  const [route, go] = useRoute()
  const main = useRef<HTMLElement>(null)
  const where = route.page === "case" ? hashOf(route) : route.page
  const first = useRef(true)
  useEffect(() => {
    if (first.current) first.current = false
    else {
      main.current?.focus({ preventScroll: true })
      scrollTo(0, 0)
    }
    const title = main.current?.querySelector("h1")?.textContent
    document.title = title && route.page !== "matrix" ? `${title} · rtspec` : "rtspec report"
  }, [where])
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the report
      </button>
      <header class="head">
        <a class="brand" href="#/">
          rtspec
        </a>
        <nav aria-label="Report">
          {ways.map(({ route: to, name }) => {
            const current = to.page === route.page || (to.page === "matrix" && route.page === "case")
            return (
              <a key={name} href={hashOf(to)} aria-current={current ? "page" : undefined}>
                {name}
              </a>
            )
          })}
        </nav>
        <ThemeToggle />
      </header>
      <main id="main" tabIndex={-1} ref={main}>
        <View route={route} go={go} />
      </main>
      <footer class="foot">
        <About />
      </footer>
    </>
  )
}

function View({ route, go }: { route: Route; go: (next: Route, how?: "replace") => void }) {
  switch (route.page) {
    case "matrix":
      return <MatrixView filter={route.filter} onFilter={(filter) => go({ page: "matrix", filter }, "replace")} />
    case "case":
      return <CaseView key={hashOf(route)} name={route.name} />
    case "coverage":
      return <Coverage />
    case "fuzz":
      return <FuzzView />
    case "history":
      return <HistoryView />
  }
}

function About() {
  const { run } = data.results
  const said = [
    `rtspec ${run.rtspec}`,
    `Node ${run.node.replace(/^v/, "")}`,
    `seed ${run.seed}`,
    `${run.transport} transport`,
    `${run.dialect} server`,
    ...(run.strict ? ["strict"] : []),
    `events of ${run.inventory}`,
  ]
  return <p>{said.join(" · ")}</p>
}
