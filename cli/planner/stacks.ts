/** Stack traces, which the SDK takes for each promise and each resource: a good part of the time of a large plan. */
import * as pulumi from "@pulumi/pulumi";

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
