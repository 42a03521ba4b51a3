import type { Scope } from "../../components/contract.ts";
import type { Out } from "./natives.ts";

export function waf(_scope: Scope, _spec: unknown, _on: unknown): Out<"waf"> {
  throw new Error("not made yet");
}
