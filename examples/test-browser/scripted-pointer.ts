import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "ws";

/** Somebody on the board without a page. What others do there is not looked at. */
export class ScriptedPointer {
  position: [x: number, y: number] = [0.5, 0.5];

  private constructor(
    readonly name: string,
    private readonly socket: WebSocket,
  ) {}

  static async connect(address: string, name: string): Promise<ScriptedPointer> {
    const socket = new WebSocket(address);
    await once(socket, "open");
    const pointer = new ScriptedPointer(name, socket);
    pointer.call("login", "login", { name, key: `the key of ${name}, long enough` });
    pointer.call("cursors", "join", { document: "board" });
    const [x, y] = pointer.position;
    const cursor = { privateHandle: 0, document: "board", position: { x, y }, status: null };
    pointer.call("cursors", "createCursor", cursor);
    return pointer;
  }

  /** Moves on a curve of its own: some steps, one after the other. */
  async wander(curve: number, steps: number, stepMillis: number): Promise<void> {
    for (let step = 1; step <= steps; step++) {
      const angle = step / 6 + curve * 2.4;
      const radius = 0.1 + 0.35 * ((curve % 10) / 10);
      this.moveTo(0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle));
      await pause(stepMillis); // as fast as a hand is
    }
  }

  close(): void {
    this.socket.close();
  }

  private moveTo(x: number, y: number): void {
    this.position = [Number(x.toFixed(3)), Number(y.toFixed(3))];
    const position = { x: this.position[0], y: this.position[1] };
    this.call("cursors", "updateCursor", { privateHandle: 0, newData: { position } });
  }

  private call(service: string, command: string, params: object): void {
    this.socket.send(JSON.stringify({ service, message: { command, params } }));
  }
}
