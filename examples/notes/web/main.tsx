import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { SessionProvider } from "snorky/sync/react";
import { App } from "./app.js";
import { syncAddress } from "./sync-address.js";
import { Toasts } from "./toasts.js";

const toasts = new Toasts();
createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <SessionProvider url={syncAddress(location)} toast={toasts.toaster} wsAuth>
      <App toasts={toasts} />
    </SessionProvider>
  </StrictMode>,
);
