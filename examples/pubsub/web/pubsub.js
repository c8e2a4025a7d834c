const SHOWN = 100;

const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`;
const snorky = new Snorky(WebSocket, address, { pubsub: Snorky.PubSub });
const { pubsub } = snorky.services;

const input = document.querySelector("#message");
const messages = document.querySelector("#messages");
const connection = document.querySelector("#connection");
const problem = document.querySelector("#problem");

pubsub.messagePublished.add(({ message }) => {
  const item = document.createElement("li");
  item.textContent = typeof message === "string" ? message : JSON.stringify(message);
  messages.prepend(item);
  while (messages.children.length > SHOWN) {
    messages.lastChild.remove();
  }
});

document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault(); // don't reload the page
  const message = input.value.trim();
  if (message === "") {
    return;
  }
  input.value = "";
  problem.hidden = true;
  pubsub.publish({ channel: "messages", message }).catch((error) => {
    problem.textContent = `Not sent: “${message}”. ${error.message}`;
    problem.hidden = false;
  });
});

function show(state, text) {
  connection.dataset.state = state;
  connection.textContent = text;
}

snorky.disconnected.add(() => show("waiting", "Reconnecting… Messages wait until then."));
snorky.connected.add(({ reconnected }) => {
  // The client subscribes again by itself; what was published in between is missed.
  if (reconnected) {
    show("live", "Live");
  }
});
pubsub.subscribe({ channel: "messages" }).then(
  () => show("live", "Live"),
  (error) => show("waiting", `Not subscribed: ${error.message}`),
);
