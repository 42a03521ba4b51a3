import type { Scope } from "../../components/contract.ts";
import type { AwsPart } from "./natives.ts";

export { zones } from "./zones.ts";

export function records(_scope: Scope, _spec: unknown, _on: unknown): AwsPart<"records"> {
  throw new Error("not made yet");
}
