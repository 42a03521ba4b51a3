import type { Scope } from "../../components/contract.ts";
import type { AwsPart } from "./natives.ts";

export function routes(_scope: Scope, _spec: unknown, _on: unknown): AwsPart<"routes"> {
  throw new Error("not made yet");
}
