/** What no listener may do, whoever asked for it: answer in plain text, speak old TLS, open a port of administration to everybody. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import type { Exposure } from "../model.ts";
import { intersection, isEmpty, type PortSet } from "../ports.ts";
import type { Strand } from "../strands.ts";
import { at, type Inventory, referred, textOf } from "../values.ts";
import { answers, type Front } from "./fronts.ts";

const policyTypes = ["gcp:compute/sSLPolicy:SSLPolicy", "gcp:compute/regionSslPolicy:RegionSslPolicy"] as const;
const safe = new Set(["TLS_1_2", "TLS_1_3"]);

/** Sends callers to https and does nothing else. */
const onlyRedirects = (inventory: Inventory, map: PlannedResource): boolean =>
  at(map.inputs, "defaultUrlRedirect", "httpsRedirect") === true &&
  !referred(map.inputs).some(urn => {
    const resource = inventory.at(urn);
    return resource !== undefined && answers(resource);
  });

function plainText(inventory: Inventory, { parts }: Front): readonly PlannedResource[] {
  return parts
    .filter(({ type }) => /target(Http)Proxy:/i.test(type))
    .filter(({ inputs }) => {
      const maps = referred(inputs.urlMap).flatMap(urn => inventory.at(urn) ?? []);
      return maps.length === 0 || maps.some(map => !onlyRedirects(inventory, map));
    });
}

/** Without a policy Google speaks whatever version the caller knows (https://cloud.google.com/load-balancing/docs/ssl-policies-concepts, read 2026-11-21). */
const oldTls = (inventory: Inventory, { parts }: Front): readonly PlannedResource[] =>
  parts
    .filter(({ type }) => /target(Https|Ssl)Proxy:/i.test(type))
    .filter(({ inputs }) => {
      const policies = inventory.referredOf(inputs.sslPolicy, ...policyTypes);
      return policies.length === 0 || policies.some(policy => !safe.has(textOf(policy.inputs.minTlsVersion) ?? "TLS_1_0"));
    });

/** `ways`: what comes through the fronts. */
export function listenerExposures(
  inventory: Inventory,
  fronts: readonly Front[],
  ways: readonly Strand[],
  admin: PortSet,
): readonly Exposure[] {
  const ends = new Set(fronts.map(({ end }) => end));
  const opened = ways.filter(({ from, to, ports }) => from === "internet" && ends.has(to) && !isEmpty(intersection(ports, admin)));
  return [
    ...fronts.flatMap(front => [
      ...plainText(inventory, front).map(proxy => ({
        resource: proxy.name,
        what: `a listener of ${front.end} that answers in plain text`,
      })),
      ...oldTls(inventory, front).map(proxy => ({
        resource: proxy.name,
        what: `a listener of ${front.end} that speaks TLS older than 1.2`,
      })),
    ]),
    ...opened.flatMap(({ to, through }) =>
      through.slice(0, 1).map(resource => ({ resource, what: `an admin port of ${to} open to internet` })),
    ),
  ];
}
