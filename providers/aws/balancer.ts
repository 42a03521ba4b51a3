import type { Scope } from "../../components/contract.ts";
import type { AwsPart } from "./natives.ts";

export function balancer(_scope: Scope, _spec: unknown, _on: unknown): AwsPart<"balancer"> {
  throw new Error("not made yet");
}
