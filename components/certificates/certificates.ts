import * as pulumi from "@pulumi/pulumi";
import type { CertificatesOutputs, CloudAdapter, Made, Natives } from "../contract.ts";
import type { Shared } from "../shared.ts";
import type { CertificatesSpec } from "./model.ts";

/** A certificate for each name. */
export class Certificates<N extends Natives> extends pulumi.ComponentResource implements Made<CertificatesOutputs, N["certificates"]> {
  readonly certificates: CertificatesOutputs["certificates"];
  readonly native: N["certificates"];
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    cloud: CloudAdapter<N>,
    spec: CertificatesSpec,
    shared: Shared,
    on: Parameters<CloudAdapter<N>["certificates"]>[2],
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("strata:index:Certificates", name, spec, opts);
    const made = cloud.certificates({ ...shared, name, parent: this }, spec, on);
    this.certificates = made.certificates;
    this.native = made.native;
    this.ready = made.ready;
    this.registerOutputs({ certificates: this.certificates });
  }
}
