// An upstream for measuring, in a process of its own: it says what it hears.
import { once } from "node:events"
import { WebSocketServer } from "ws"

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false })
await once(server, "listening")
server.on("connection", (socket) => socket.on("message", (data, binary) => socket.send(data, { binary })))
process.send?.(`ws://127.0.0.1:${server.address().port}`)
