import type { Scope } from "../../components/contract.ts";
import type { Out } from "./natives.ts";

export function cdn(_scope: Scope, _spec: unknown, _on: unknown): Out<"cdn"> {
  throw new Error("not made yet");
}
