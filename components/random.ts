/** The one room of `@pulumi/random`: what must be made once and remembered. */
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { SecretSpec } from "./secrets/model.ts";

export const randomProvider = (name: string, parent: pulumi.Resource): pulumi.ProviderResource => new random.Provider(name, {}, { parent });

/** Remembers what may not change on a live stack: a change replaces it, and it is protected, so preview refuses. Its eight hex digits end unique names. */
export function anchor(name: string, keepers: Readonly<Record<string, string>>, opts: pulumi.CustomResourceOptions): random.RandomId {
  return new random.RandomId(name, { byteLength: 4, keepers }, opts);
}

/**
 * A generated value, new only when its counter is raised. The specials are taken by every engine and need no escaping in a URL.
 * Never RandomBytes: its provider makes the value itself the resource's id, which no state encrypts.
 */
export function generated(
  name: string,
  spec: Pick<SecretSpec, "length" | "rotation" | "encoding">,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const { length, rotation, encoding } = spec;
  const alphabet =
    encoding === "hex"
      ? { upper: false, lower: false, special: true, overrideSpecial: "abcdef" } // the digits are there anyway
      : { special: true, overrideSpecial: "-_", minLower: 2, minUpper: 2, minNumeric: 2 };
  return pulumi.secret(
    new random.RandomPassword(name, { length, keepers: { rotation: String(rotation) }, ...alphabet }, { parent }).result,
  );
}
