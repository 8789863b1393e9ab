// What a fuzzing campaign came to, where one was given.
import { Chart } from "./chart.tsx"
import { data } from "./data.ts"

export function FuzzView() {
  const { fuzz } = data
  if (!fuzz)
    return (
      <>
        <h1>Fuzzing</h1>
        <div class="empty">
          <p>No fuzzing campaign is part of this report.</p>
          <p>
            Give it one: <code>npx rtspec fuzz</code>, then{" "}
            <code>npx rtspec report reports/latest --fuzz .rtspec/fuzz.json</code>
          </p>
        </div>
      </>
    )
  const { cases, ratePerSecond, transitionsOverTime, goals, buckets } = fuzz
  const said: readonly (readonly [string, string])[] = [
    [cases.toLocaleString("en-US"), "cases"],
    [ratePerSecond.toLocaleString("en-US", { maximumFractionDigits: 0 }), "cases a second"],
    [String(transitionsOverTime.at(-1)?.transitions ?? 0), "transitions"],
    [String(goals.length), "goals"],
    [String(buckets.length), buckets.length === 1 ? "kind of failure" : "kinds of failure"],
  ]
  return (
    <>
      <h1>Fuzzing</h1>
      <dl class="figures">
        {said.map(([number, what]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{number}</dd>
          </div>
        ))}
      </dl>
      {transitionsOverTime.length > 1 && (
        <section aria-labelledby="over-time">
          <h2 id="over-time">Transitions over cases</h2>
          <Chart
            title="Transitions"
            points={transitionsOverTime.map((each) => [each.cases, each.transitions] as const)}
            across="cases"
            up="transitions"
            steps
          />
        </section>
      )}
      <section aria-labelledby="buckets">
        <h2 id="buckets">Kinds of failure</h2>
        {buckets.length === 0 ? (
          <p class="empty">Nothing was broken.</p>
        ) : (
          <div class="wide">
            <table class="plain">
              <thead>
                <tr>
                  <th scope="col">Cases</th>
                  <th scope="col">Invariant</th>
                  <th scope="col">What</th>
                  <th scope="col">Bucket</th>
                </tr>
              </thead>
              <tbody>
                {[...buckets]
                  .sort((one, other) => other.cases - one.cases)
                  .map((each) => (
                    <tr key={each.id}>
                      <td class="count">{each.cases.toLocaleString("en-US")}</td>
                      <td>
                        <code>{each.invariant}</code>
                      </td>
                      <td>{each.title}</td>
                      <td>
                        <code>{each.id}</code>
                      </td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      {goals.length > 0 && (
        <section aria-labelledby="fuzz-goals">
          <h2 id="fuzz-goals">Goals</h2>
          <ul class="goals">
            {goals.map((id) => (
              <li key={id}>● {id}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
