import type { Scope } from "../../components/contract.ts";
import type { Out } from "./natives.ts";

export function balancer(_scope: Scope, _spec: unknown, _on: unknown): Out<"balancer"> {
  throw new Error("not made yet");
}
