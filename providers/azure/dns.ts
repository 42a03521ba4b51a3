import type { Scope } from "../../components/contract.ts";
import type { Out } from "./natives.ts";

export function zones(_scope: Scope, _spec: unknown, _on: unknown): Out<"zones"> {
  throw new Error("not made yet");
}

export function records(_scope: Scope, _spec: unknown, _on: unknown): Out<"records"> {
  throw new Error("not made yet");
}
