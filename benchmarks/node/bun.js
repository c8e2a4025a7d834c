import { obey } from "./parent.js";

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch(request, server) {
    return server.upgrade(request) ? undefined : new Response("", { status: 400 });
  },
  websocket: {
    perMessageDeflate: false,
    idleTimeout: 0,
    message(socket, text) {
      switch (text[0]) {
        case "s":
          socket.subscribe("all");
          socket.send(text);
          break;
        case "p":
          server.publish("all", text);
          break;
        default:
          socket.send(text);
      }
    },
  },
});
obey(server.port, `Bun ${Bun.version}`, Bun.gc);
