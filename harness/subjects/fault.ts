// What can go wrong when a subject is fetched, made or looked for: a kind for programs, one sentence for people.

export type InstallFaultKind =
  | "not-installed"
  | "no-network"
  | "no-npm"
  | "npm-failed"
  | "bundle-failed"
  | "no-python"
  | "pip-failed"
  | "cache-failed"

/** Thrown by the install mechanism. After any of these nothing half installed is left that would be run. */
export class InstallFault extends Error {
  override readonly name = "InstallFault"
  readonly kind: InstallFaultKind

  constructor(kind: InstallFaultKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.kind = kind
  }
}
