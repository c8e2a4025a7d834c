import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Messaging, Snorky } from "snorky";
import { RECONNECT, serverAddress } from "../../shared-web/connection.js";
import { App } from "./app.js";
import { Talk } from "./talk.js";

const snorky = new Snorky(
  WebSocket,
  serverAddress(location),
  { talk: Messaging },
  { reconnect: RECONNECT },
);
createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <App snorky={snorky} talk={new Talk(snorky)} />
  </StrictMode>,
);
