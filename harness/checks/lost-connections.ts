// Connections that the server or the network ended, and not the client.
import type { ConnectionReading, Reading } from "./reading.ts"

export const lostConnections = ({ connections }: Reading): ConnectionReading[] =>
  [...connections.values()].filter(({ lost, left }) => lost && !(left && left.index < lost.index))
