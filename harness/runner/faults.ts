// Whose fault it is when something cannot go on: an error's type says so.

/** The person who called: a flag, a name, a file. One sentence; the command ends with exit code 2. */
export class UsageFault extends Error {
  override readonly name = "UsageFault"
}

/** Ours: what can only be if the harness is wrong. The command ends with exit code 3. */
export class HarnessFault extends Error {
  override readonly name = "HarnessFault"
}
