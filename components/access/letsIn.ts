/** What flows let through, read before any rule is made. */
import type { AccessArgs, FlowArgs } from "./model.ts";

/** Whether connections to a port may pass; a flow that names none opens whatever its target answers on. */
export const letsIn = ({ protocol, ports }: FlowArgs, port: number): boolean =>
  (protocol === "tcp" || protocol === "all") && (ports.length === 0 || ports.some(text => isWithin(port, String(text))));

/** Who may open connections to a peer's port, by the names that flows use. */
export const callersOn = ({ flows }: AccessArgs, peer: string, port: number): readonly string[] =>
  Object.values(flows).flatMap(flow => (flow.to.includes(peer) && letsIn(flow, port) ? flow.from : []));

function isWithin(port: number, text: string): boolean {
  const [from = 0, to = from] = text.split("-").map(Number);
  return from <= port && port <= to;
}
