import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.js";
import { Header } from "./header.js";
import { connect } from "./live-tasks.js";

const root = createRoot(document.getElementById("root") as HTMLElement);
root.render(<Header state={{ type: "syncing" }} />);

const { list, subscribe, getState } = await connect();
addEventListener("beforeunload", (event) => {
  if (list.isUnsaved) {
    event.preventDefault(); // the browser asks
  }
});
root.render(
  <StrictMode>
    <App list={list} subscribe={subscribe} getState={getState} />
  </StrictMode>,
);
