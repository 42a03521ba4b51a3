import type { Scope } from "../../components/contract.ts";
import type { AwsPart } from "./natives.ts";

export function cdn(_scope: Scope, _spec: unknown, _on: unknown): AwsPart<"cdn"> {
  throw new Error("not made yet");
}
