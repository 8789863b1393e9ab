// The order in which a story's steps and what follows on them happen, as data.

/** For each step of a story, how many deliveries are made before the next step, and no time passes; null, and where the
 * list is at its end: all that there are, and a millisecond. */
export type Schedule = readonly (number | null)[]
