import type { Scope } from "../../components/contract.ts";
import type { AwsPart } from "./natives.ts";

export function certificates(_scope: Scope, _spec: unknown, _on: unknown): AwsPart<"certificates"> {
  throw new Error("not made yet");
}
