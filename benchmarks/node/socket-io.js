import { createServer } from "node:http";
import { createRequire } from "node:module";
import { Server } from "socket.io";
import { obey, version } from "./parent.js";

const http = createServer();
const io = new Server(http, { transports: ["websocket"], serveClient: false });
io.on("connection", (socket) => {
  socket.on("s", () => {
    socket.join("all");
    socket.emit("s");
  });
  socket.on("p", (text) => io.to("all").emit("p", text));
  socket.on("e", (text) => socket.emit("e", text));
});
http.listen(0, "127.0.0.1", () =>
  obey(http.address().port, `Socket.IO ${version(createRequire(import.meta.url), "socket.io")}`),
);
