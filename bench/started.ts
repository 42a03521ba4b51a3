/**
 * The platform's program, or with the name of an SDK as argument a program that only loads that, as an adapter does. Says on channel 3 when
 * the program makes its first resource; the empty one, when there is nothing more to do. The runner has made the stack itself before.
 */
import { writeSync } from "node:fs";
import { runtime } from "@pulumi/pulumi";

const [, , sdk] = process.argv;
let said = false;

function say(): void {
  if (!said) writeSync(3, ".");
  said = true;
}

async function platform(): Promise<object> {
  runtime.registerStackTransformation(() => {
    say();
    return undefined;
  });
  const { default: program } = await import("../index.ts");
  return program();
}

async function empty(name: string): Promise<object> {
  await import(name);
  say();
  return {};
}

export default () => (sdk === undefined ? platform() : empty(sdk));
