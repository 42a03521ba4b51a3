import type { Scope } from "../../components/contract.ts";
import type { Out } from "./natives.ts";

export { zones } from "./zones.ts";

export function records(_scope: Scope, _spec: unknown, _on: unknown): Out<"records"> {
  throw new Error("not made yet");
}
