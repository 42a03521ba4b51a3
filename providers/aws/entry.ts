import type { Scope } from "../../components/contract.ts";
import type { AwsPart } from "./natives.ts";

export function entry(_scope: Scope, _spec: unknown, _on: unknown): AwsPart<"entry"> {
  throw new Error("not made yet");
}
