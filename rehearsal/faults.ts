/** What goes wrong in a cloud, on purpose: each fault is told of every call that does something, before and after it is done. */
import { setTimeout as wait } from "node:timers/promises";
import { PartlyMade } from "./partlyMade.ts";

export type Method = "create" | "read" | "update" | "delete";

export interface Call {
  readonly method: Method;
  readonly type: string;
  readonly urn: string;
  /** The how manieth of its method, from 1. */
  readonly nth: number;
}

/** Throwing makes the call fail: before, nothing was done; after, it was. */
export interface Fault {
  readonly before?: (call: Call) => Promise<void> | void;
  readonly after?: (call: Call) => Promise<void> | void;
}

/** Which calls a fault is about: the n-th from now of a method, of one type or of any. */
export interface Aim {
  readonly method: Method;
  readonly nth: number;
  readonly type?: string;
}

/** True once, at the call that is aimed at. */
function counter({ method, nth, type }: Aim): (call: Call) => boolean {
  let seen = 0;
  return call => {
    if (call.method !== method || (type !== undefined && call.type !== type)) return false;
    seen += 1;
    return seen === nth;
  };
}

/** The call fails and nothing was done. */
export function failing(aim: Aim): Fault {
  const hit = counter(aim);
  return {
    before: call => {
      if (hit(call)) throw new Error(`made to fail: ${call.method} of ${call.type}`);
    },
  };
}

/** The first attempt at each resource fails, every one of them. Answers which did. */
export function failingOnceEach(method: Method): Fault & { readonly failed: ReadonlySet<string> } {
  const failed = new Set<string>();
  return {
    before: call => {
      if (call.method !== method || failed.has(call.urn)) return;
      failed.add(call.urn);
      throw new Error(`made to fail: ${method} of ${call.type}`);
    },
    failed,
  };
}

/** The object comes to be and the call fails all the same. `recorded`: the provider can say what it made, as for one that never became healthy. */
export function partly(aim: Aim, { recorded }: { readonly recorded: boolean }): Fault {
  const hit = counter(aim);
  return {
    after: call => {
      if (!hit(call)) return;
      const message = `made to fail half-way: ${call.method} of ${call.type}`;
      throw recorded ? new PartlyMade(message) : new Error(message);
    },
  };
}

/** Something happens to the engine at a call, which then never ends. `when`: before it is done, or after. */
export function interrupted(aim: Aim, when: "before" | "after", act: () => void): Fault {
  const hit = counter(aim);
  const meet = (call: Call): Promise<void> | void => {
    if (!hit(call)) return;
    act();
    return new Promise(() => {});
  };
  return when === "before" ? { before: meet } : { after: meet };
}

/** The first calls of all are told to come back later, and do, as real providers do for themselves. Answers how often that was. */
export function throttled(calls: number, pauseMs: number): Fault & { readonly retries: () => number } {
  let turned = 0;
  return {
    before: async () => {
      while (turned < calls) {
        turned += 1;
        await wait(pauseMs);
      }
    },
    retries: () => turned,
  };
}

/** Each call takes a time of its own, and what was made shows only after it. Same seed, same times. */
export function slow(seed: number, upToMs: number): Fault {
  let state = seed;
  const draw = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648; // the generator of ISO C's example
    return state / 2_147_483_648;
  };
  return { before: () => wait(draw() * upToMs), after: () => wait(draw() * upToMs) };
}
