import { createRequire } from "node:module";
import { WebSocketServer } from "ws";
import { obey, version } from "./parent.js";

const subscribers = new Set();
const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
server.on("connection", (socket) => {
  socket.on("message", (data) => {
    const text = data.toString();
    switch (text[0]) {
      case "s":
        subscribers.add(socket);
        socket.send(text);
        break;
      case "p":
        for (const subscriber of subscribers) {
          subscriber.send(text);
        }
        break;
      default:
        socket.send(text);
    }
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", () => subscribers.delete(socket));
});
server.on("listening", () =>
  obey(server.address().port, `ws ${version(createRequire(import.meta.url), "ws")}`),
);
