import type { Scope } from "../../components/contract.ts";
import type { AwsPart } from "./natives.ts";

export function zones(_scope: Scope, _spec: unknown, _on: unknown): AwsPart<"zones"> {
  throw new Error("not made yet");
}

export function records(_scope: Scope, _spec: unknown, _on: unknown): AwsPart<"records"> {
  throw new Error("not made yet");
}
