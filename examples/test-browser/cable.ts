import { once } from "node:events";
import { type AddressInfo, createConnection, createServer, type Socket } from "node:net";

/** The network between pages and a server: real connections, which can be cut. */
export class Cable {
  private readonly sockets = new Set<Socket>();
  private isCut = false;

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    /** What is at the other end, as pages reach it through the cable. */
    readonly address: string,
  ) {}

  /** A cable to what answers at an address. */
  static async to(address: string): Promise<Cable> {
    const { hostname: host, port, pathname } = new URL(address);
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    const own = (server.address() as AddressInfo).port;
    const cable = new Cable(server, `http://127.0.0.1:${own}${pathname}`);
    server.on("connection", (near) => cable.connect(near, host, Number(port)));
    return cable;
  }

  /** Ends what is connected, and connects nobody. */
  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) {
      socket.destroy();
    }
  }

  /** Connects again. */
  mend(): void {
    this.isCut = false;
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  private connect(near: Socket, host: string, port: number): void {
    if (this.isCut) {
      near.destroy();
      return;
    }
    const far = createConnection({ host, port });
    const pair = [near, far];
    for (const socket of pair) {
      this.sockets.add(socket);
      socket.on("error", () => {}); // it closes then
      socket.on("close", () => {
        this.sockets.delete(socket);
        for (const each of pair) {
          each.destroy();
        }
      });
    }
    near.pipe(far).pipe(near);
  }
}
