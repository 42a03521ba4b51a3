import type { Scope } from "../../components/contract.ts";
import type { Out } from "./natives.ts";

export function certificates(_scope: Scope, _spec: unknown, _on: unknown): Out<"certificates"> {
  throw new Error("not made yet");
}
