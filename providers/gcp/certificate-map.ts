/** Which certificate answers which host: a table, so that a name is added without touching what stands. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { RoutesSpec } from "../../components/balancer/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { physical } from "./lookup.ts";
import type { On } from "./natives.ts";

/** A host name as part of another name. */
const plain = (host: string): string => host.replace("*", "any").replaceAll(".", "-");

/** The map as proxies want it named; it can be once its entries are there, or the first callers would meet none. */
export function certificateMap(scope: Scope, spec: RoutesSpec, on: On<"routes">): pulumi.Output<string> {
  const { name, parent, tags } = scope;
  const { certificates } = on;
  if (certificates === null) throw new Error("no certificates were made");
  const map = new gcp.certificatemanager.CertificateMap(
    `${name}-certificates`,
    { description: `Certificates of ${spec.balancer}, by host`, labels: tags },
    { parent, dependsOn: [...certificates.ready] },
  );
  const entryOf = (part: string, served: readonly string[], match: { readonly hostname: string } | { readonly matcher: string }) =>
    new gcp.certificatemanager.CertificateMapEntry(
      `${name}-${part}`,
      {
        name: physical([name, part], 63, on.foundation.suffix),
        map: map.name,
        certificates: served.map(certificate => pick(certificates.native.certificates, certificate).id),
        ...match,
        labels: tags,
      },
      { parent },
    );
  const hosts = [...new Set(spec.certificates.flatMap(certificate => pick(spec.certified, certificate)))];
  const entries = [
    entryOf("unknown-host", spec.certificates.slice(0, 1), { matcher: "PRIMARY" }),
    ...hosts.map(hostname => {
      const served = spec.certificates.filter(certificate => pick(spec.certified, certificate).includes(hostname));
      return entryOf(`host-${plain(hostname)}`, served, { hostname });
    }),
  ];
  return pulumi.all([map.id, ...entries.map(({ id }) => id)]).apply(([id]) => `//certificatemanager.googleapis.com/${id}`);
}
