import * as pulumi from "@pulumi/pulumi";
import type { CloudAdapter, Made, Natives, SecretsOutputs } from "../contract.ts";
import { generated } from "../random.ts";
import type { Shared } from "../shared.ts";
import type { SecretSpec, SecretsSpec } from "./model.ts";

/** A login is `{"username", "password"}`, anything else `{"value"}`: one shape on every cloud. */
const shape = (spec: SecretSpec, value: string): string =>
  JSON.stringify(spec.username === null ? { value } : { username: spec.username, password: value });

/** The secret store: makes what is generated, takes what a person supplies, hands on references. */
export class Secrets<N extends Natives> extends pulumi.ComponentResource implements Made<SecretsOutputs, N["secrets"]> {
  readonly references: Readonly<Record<string, pulumi.Output<string>>>;
  /** The bare values, secret: for the servers that are born with them, and for nobody else. */
  readonly values: Readonly<Record<string, pulumi.Output<string>>>;
  readonly native: N["secrets"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: SecretsSpec,
    shared: Shared,
    on: Omit<Parameters<CloudAdapter<N>["secrets"]>[2], "values"> & { readonly supplied: Readonly<Record<string, pulumi.Output<string>>> },
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Secrets", name, spec, opts);
    const { supplied, ...ground } = on;
    const entries = Object.entries(spec.secrets).map(([key, secret]): [string, SecretSpec, pulumi.Output<string>] => [
      key,
      secret,
      secret.origin === "generated" ? generated(`${name}-value-${key}`, secret, this) : pulumi.secret(supplied[key] ?? ""),
    ]);
    this.values = Object.fromEntries(entries.map(([key, , value]) => [key, value]));
    const values = Object.fromEntries(
      entries.map(([key, secret, value]) => [key, pulumi.secret(value.apply(text => shape(secret, text)))]),
    );
    const made = cloud.secrets({ ...shared, name, parent: this }, spec, { ...ground, values });
    this.references = made.references;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ references: this.references });
  }
}
