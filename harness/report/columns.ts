// How wide columns become, and how a cell is cut so that it still says whose it is.

/** Shares `room` among columns: those that need little get what they need, the others an equal part of the rest. */
export function columnWidths(needed: readonly number[], room: number): number[] {
  const widths = needed.map(() => 0)
  let left = room
  const bySize = needed.map((need, at) => ({ need, at })).sort((one, other) => one.need - other.need)
  for (const [done, { need, at }] of bySize.entries()) {
    const width = Math.min(need, Math.floor(left / (bySize.length - done)))
    widths[at] = width
    left -= width
  }
  return widths
}

/** Text in exactly `width` columns. Where it is too long, its first word (an event's type) gives way before the label
 * behind it does. */
export function toWidth(text: string, width: number): string {
  if (text.length <= width) return text.padEnd(width)
  const space = text.indexOf(" ")
  const rest = space < 0 ? "" : text.slice(space)
  const first = width - rest.length - 1
  return space > 0 && first >= width / 3
    ? `${text.slice(0, Math.min(first, space))}…${rest}`.padEnd(width)
    : `${text.slice(0, width - 1)}…`
}
