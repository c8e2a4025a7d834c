import { SnorkyConnectionError, SnorkyRPCError, SnorkyTimeoutError } from "snorky";

const SHOWN = 50;

/** The list of what was asked, and what came of it: the latest first. */
export class Tape {
  constructor(private readonly list: HTMLElement) {}

  /** Writes a question down, and its answer when it is there. Gives the line it is on. */
  write(question: string, answer: Promise<unknown>): HTMLElement {
    const line = document.createElement("li");
    const result = document.createElement("output");
    line.append(question, result);
    this.list.prepend(line);
    this.list.children[SHOWN]?.remove();
    const show = (state: string, text: string) => {
      line.dataset.state = state;
      result.textContent = text;
    };
    show("pending", "…");
    answer.then(
      (value) => show("answered", String(value)),
      (error) => show("failed", reason(error)),
    );
    return line;
  }
}

/** Why there is no answer, as a sentence to show. */
function reason(error: unknown): string {
  if (error instanceof SnorkyRPCError) {
    return error.message; // the server's words
  }
  if (error instanceof SnorkyConnectionError) {
    return "No answer: the connection was lost";
  }
  return error instanceof SnorkyTimeoutError ? "No answer in time" : String(error);
}
