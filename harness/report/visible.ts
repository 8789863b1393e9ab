// What a subject or a log says, fit for a terminal and a text file: it must not move the cursor, change colours or turn the line.

/** Control characters, lone surrogates, and marks that turn the direction of writing, each as `\xNN` or `\uNNNN`; white space
 * but a blank as a blank. */
export function visible(text: string): string {
  return text
    .replace(/[\t\n\r\u2028\u2029]/g, " ")
    .replace(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, escaped)
}

function escaped(character: string): string {
  const code = character.charCodeAt(0).toString(16)
  return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`
}
