import type { Scope } from "../../components/contract.ts";
import type { Out } from "./natives.ts";

export function entry(_scope: Scope, _spec: unknown, _on: unknown): Out<"entry"> {
  throw new Error("not made yet");
}
