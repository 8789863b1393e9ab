// A promise with its handles on the outside. Settling it again does nothing, and a rejection that nobody looks at is no
// crash: the app may look at the reply alone, and leave the stream's end to itself.

export interface Future<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
  reject(error: Error): void
}

export function createFuture<T>(): Future<T> {
  let resolve: (value: T) => void = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  promise.catch(() => {})
  return { promise, resolve, reject }
}
