import * as pulumi from "@pulumi/pulumi";
import type { CdnPass } from "../contract.ts";
import { generated } from "../random.ts";

/** What the CDN says with every request, so that balancers know it from those of other customers, whose addresses are the same. */
export class Pass extends pulumi.ComponentResource implements CdnPass {
  readonly header = "X-Origin-Verify"; // as AWS calls it in its examples
  readonly value: pulumi.Output<string>;

  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("strata:index:Pass", name, {}, opts);
    // Hexadecimal: a firewall's managed rules read headers, and take two dashes for SQL.
    this.value = generated(`${name}-value`, { length: 48, encoding: "hex", rotation: 0 }, this);
    this.registerOutputs({});
  }
}
