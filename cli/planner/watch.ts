/** Runs a program to the end of its last registration. */
import * as pulumi from "@pulumi/pulumi";
import { withoutStacks, withoutWrappers } from "./stacks.ts";

export interface Outcome {
  /** What the program itself threw. */
  readonly failure: { readonly error: unknown } | null;
  /** What was thrown inside an apply or while a resource was registered. */
  readonly strays: readonly string[];
}

/** Whatever goes astray on the way is gathered. */
export async function watched(traces: boolean, run: () => Promise<Readonly<Record<string, unknown>>>): Promise<Outcome> {
  const thrown = new Set<unknown>();
  const stray = (error: unknown): void => {
    thrown.add(error);
  };
  process.on("unhandledRejection", stray);
  const restored = traces ? [] : [withoutStacks(), withoutWrappers()];
  let failure: Outcome["failure"] = null;
  try {
    // Caught inside: an error that leaves the stack's own promise is reported once by every promise derived from it.
    const stack = pulumi.runtime.runInPulumiStack(() =>
      run().catch((error: unknown) => {
        failure = { error };
        return {};
      }),
    );
    if (!(await finished(stack.catch(stray))))
      stray("the plan cannot end: a resource waits for something that never comes, such as itself");
  } finally {
    for (const restore of restored) restore();
    process.off("unhandledRejection", stray);
  }
  return { failure, strays: [...new Set([...thrown].map(error => messageOf(error, traces)))] };
}

/** The SDK puts the property before the message once for each resource that waits for it: the last is where it was thrown. */
const waiters = /^(?:error serializing property "[^"]*": )+(?=error serializing property )/;

export const messageOf = (error: unknown, traces: boolean): string =>
  error instanceof Error ? ((traces ? error.stack : undefined) ?? error.message.replace(waiters, "")) : String(error);

/** Waits for the last registration. A resource that waits for itself leaves the process with nothing to do: that ends the wait. */
async function finished(stack: Promise<unknown>): Promise<boolean> {
  const { promise: idle, resolve: stuck } = Promise.withResolvers<boolean>();
  const silent = (): void => stuck(false);
  process.once("beforeExit", silent);
  const ended = await Promise.race([stack.then(() => pulumi.runtime.disconnect()).then(() => true), idle]);
  process.off("beforeExit", silent);
  // Rejections nobody handles are announced after the current turn.
  await new Promise(resolve => setImmediate(resolve));
  return ended;
}
