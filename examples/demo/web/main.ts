import { Snorky } from "snorky";
import { cardOf } from "./card.js";
import { fetchExamples } from "./example.js";

const CHECK_MILLIS = 10_000;

const connection = document.querySelector("#connection") as HTMLElement;
const problem = document.querySelector("#problem") as HTMLElement;
const list = document.querySelector("#examples") as HTMLElement;

async function show(): Promise<void> {
  const cards = (await fetchExamples()).map(cardOf);
  list.replaceChildren(...cards.map(({ element }) => element));
  const check = () => Promise.all(cards.map((card) => card.check()));
  await check();
  setInterval(check, CHECK_MILLIS);
  snorky.connected.add(() => void check());
  snorky.disconnected.add(() => void check());
}

const secure = location.protocol === "https:";
const snorky = new Snorky(WebSocket, `${secure ? "wss" : "ws"}://${location.host}/ws`);
snorky.connected.add(() => mark("live", "Server is running"));
snorky.disconnected.add(() => mark("waiting", "Server is not reachable. Reconnecting…"));

function mark(state: string, text: string): void {
  connection.dataset.state = state;
  connection.textContent = text;
}

show().catch((error: Error) => {
  problem.textContent = error.message;
  problem.hidden = false;
});
