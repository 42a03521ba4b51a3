import type { Scope } from "../../components/contract.ts";
import type { Out } from "./natives.ts";

export function routes(_scope: Scope, _spec: unknown, _on: unknown): Out<"routes"> {
  throw new Error("not made yet");
}
