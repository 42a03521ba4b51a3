import type { Scope } from "../../components/contract.ts";
import type { AwsPart } from "./natives.ts";

export function waf(_scope: Scope, _spec: unknown, _on: unknown): AwsPart<"waf"> {
  throw new Error("not made yet");
}
