import { isRecord, jsonType } from "./checks.js";

/** What travels over the connection, both ways: a message and the service that it is for. */
export interface Packet {
  readonly service: string;
  /** Any JSON value. */
  readonly message: unknown;
}

/** The text of a packet. */
export function encodePacket(packet: Packet): string {
  return JSON.stringify(packet);
}

/**
 * The packet that a text holds.
 *
 * @throws SyntaxError if the text is no JSON, TypeError if it holds something else
 */
export function decodePacket(text: unknown): Packet {
  const packet: unknown = JSON.parse(String(text));
  if (!isRecord(packet) || typeof packet.service !== "string" || !("message" in packet)) {
    throw new TypeError(
      `packet: ${jsonType(packet)} (expected: an object with service, a string, and message)`,
    );
  }
  return { service: packet.service, message: packet.message };
}
