import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Chat, Snorky } from "snorky";
import { Login } from "../../login/web/login.js";
import { nameOfThisTab } from "../../login/web/person.js";
import { RECONNECT, serverAddress } from "../../shared-web/connection.js";
import { App } from "./app.js";
import { Rooms } from "./rooms.js";

const snorky = new Snorky(
  WebSocket,
  serverAddress(location),
  { login: Login, chat: Chat }, // in this order: who has no name cannot join
  { reconnect: RECONNECT },
);
const rooms = new Rooms(snorky);
const name = nameOfThisTab();
if (name !== null) {
  rooms.enter(name).catch(() => {}); // then the form asks for another one
}
addEventListener("focus", rooms.look);
createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <App snorky={snorky} rooms={rooms} />
  </StrictMode>,
);
