/** What the SDK keeps for who looks for a fault, of each promise and each resource: half the time of a large plan. */
import * as pulumi from "@pulumi/pulumi";
import debuggable from "@pulumi/pulumi/runtime/debuggable.js";

/** Takes none until the answer is called. What an engine would show of the source is then missing, and of an error its trace. */
export function withoutStacks(): () => void {
  const callsites: unknown = Reflect.get(pulumi.Resource, "callsites");
  if (typeof callsites !== "function") throw new Error("the SDK has moved its call sites");
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  Reflect.set(pulumi.Resource, "callsites", () => []);
  return () => {
    Error.stackTraceLimit = limit;
    Reflect.set(pulumi.Resource, "callsites", callsites);
  };
}

/** Leaves promises as they are until the answer is called, instead of two more around each: they tell at exit which never ended. */
export function withoutWrappers(): () => void {
  const wrapped: unknown = Reflect.get(debuggable, "debuggablePromise");
  if (typeof wrapped !== "function") throw new Error("the SDK has moved its wrapper of promises");
  Reflect.set(debuggable, "debuggablePromise", (promise: unknown) => promise);
  return () => {
    Reflect.set(debuggable, "debuggablePromise", wrapped);
  };
}
