/** Front Door: which of its names answer, and which balancers it asks by name. */
import type { PlannedResource } from "../../cli/planner/model.ts";
import type { Exposure, Reach } from "../model.ts";
import { none, type PortSet, portSet, union } from "../ports.ts";
import type { Strand } from "../strands.ts";
import { at, type Inventory, listOf, numberOf, ReadFault, referred, roleOf, textOf, textsOf } from "../values.ts";
import type { Asking } from "./balancers.ts";
import { type Balancer, publicAddressType } from "./fronts.ts";
import { urnsOf } from "./ground.ts";

const place: Reach["place"] = "primary";
const of = (kind: string): string => `azure-native:cdn:${kind}`;
const isOn = ({ inputs }: PlannedResource): boolean => (textOf(inputs.enabledState) ?? "Enabled") === "Enabled";

/** Routes that somebody can ask: by a name of a site, or by Front Door's own. */
const routesOf = (inventory: Inventory): readonly PlannedResource[] =>
  inventory
    .ofType(of("Route"))
    .filter(isOn)
    .filter(({ inputs }) => listOf(inputs.customDomains).length > 0 || textOf(inputs.linkToDefaultDomain) === "Enabled")
    .filter(({ inputs }) => inventory.referredOf(inputs.endpointName, of("AFDEndpoint")).every(isOn));

/** What the CDN is called: as its profile. */
function endOf(inventory: Inventory, route: PlannedResource): string {
  const [profile] = inventory.referredOf([route.inputs.profileName, route.inputs.endpointName], of("Profile"), of("AFDEndpoint"));
  if (!profile) throw new ReadFault(route, "it belongs to no profile of the plan");
  return roleOf(profile) ?? profile.name;
}

const spokenOf = ({ inputs }: PlannedResource): readonly string[] =>
  inputs.supportedProtocols === undefined ? ["Http", "Https"] : textsOf(inputs.supportedProtocols);

/** From the internet to the names of sites. */
export const waysToCdn = (inventory: Inventory): readonly Strand[] =>
  routesOf(inventory).flatMap(route =>
    spokenOf(route).map((protocol): Strand => {
      const port = protocol === "Https" ? 443 : 80;
      return { from: "internet", to: endOf(inventory, route), place, through: [route.name], ports: portSet("tcp", [port, port]) };
    }),
  );

/** Names of a zone of ours, with the public addresses that answer to them, by an alias, a value or a profile of Traffic Manager. */
function addressesOf(inventory: Inventory, hostName: string): readonly string[] {
  const records = inventory.ofType("azure-native:dns:RecordSet").filter(({ inputs }) => {
    const label = textOf(inputs.relativeRecordSetName);
    const zones = inventory.referredOf(inputs.zoneName, "azure-native:dns:Zone").flatMap(zone => textOf(zone.inputs.zoneName) ?? []);
    return [...zones, ...textsOf(inputs.zoneName)].some(zone => hostName === (label === "@" ? zone : `${label}.${zone}`));
  });
  const answers = records.flatMap(({ inputs }) => [inputs.targetResource, inputs.aRecords, inputs.aaaaRecords]);
  const managed = inventory.referredOf(answers, "azure-native:trafficmanager:Profile").map(({ inputs }) => inputs.endpoints);
  return urnsOf([...answers, ...managed], publicAddressType);
}

/** By the address behind its name; by the certificate's name where the zone is not ours. */
function balancerAt(inventory: Inventory, origin: PlannedResource, balancers: readonly Balancer[]): Balancer | undefined {
  const { hostName } = origin.inputs;
  const text = textOf(hostName);
  const urns = text === undefined ? urnsOf(hostName, publicAddressType) : addressesOf(inventory, text);
  const byAddress = balancers.find(({ planned }) =>
    urnsOf(planned.inputs.frontendIPConfigurations, publicAddressType).some(urn => urns.includes(urn)),
  );
  return byAddress ?? balancers.find(({ hosts }) => text !== undefined && hosts.has(text));
}

/** Accounts that Front Door reads as an identity of its own: nobody comes in by its way without a token. */
export function readByCdn(inventory: Inventory): (account: PlannedResource) => boolean {
  const groups = new Map(inventory.ofType(of("AFDOriginGroup")).map(group => [group.urn, group]));
  const urns = new Set(
    inventory
      .ofType(of("AFDOrigin"))
      .filter(isOn)
      .filter(({ inputs }) => referred(inputs.originGroupName).some(urn => groups.get(urn)?.inputs.authentication !== undefined))
      .flatMap(({ inputs }) => urnsOf(inputs.hostName, "azure-native:storage:StorageAccount")),
  );
  return ({ urn, inputs }) => urns.has(urn) && inputs.allowSharedKeyAccess === false && inputs.allowBlobPublicAccess === false;
}

const isBucket = (hostName: unknown): boolean =>
  urnsOf(hostName, "azure-native:storage:StorageAccount").length > 0 || (textOf(hostName) ?? "").endsWith(".blob.core.windows.net");

function portsOf(route: PlannedResource, { inputs }: PlannedResource): PortSet {
  const forwarding = textOf(route.inputs.forwardingProtocol) ?? "MatchRequest";
  const redirects = textOf(route.inputs.httpsRedirect) !== "Disabled";
  const port = (key: "httpPort" | "httpsPort", usual: number): PortSet => {
    const number = numberOf(inputs[key]) ?? usual;
    return portSet("tcp", [number, number]);
  };
  const spoken = spokenOf(route);
  const plain = forwarding === "HttpOnly" || (forwarding === "MatchRequest" && spoken.includes("Http") && !redirects);
  const safe = forwarding === "HttpsOnly" || (forwarding === "MatchRequest" && spoken.includes("Https"));
  return union(plain ? port("httpPort", 80) : none, safe ? port("httpsPort", 443) : none);
}

export interface Asked {
  /** By URN of the balancer. */
  readonly askedBy: ReadonlyMap<string, Asking>;
  /** Towards names that no balancer of the plan answers to. */
  readonly elsewhere: readonly Strand[];
}

export function askedOf(inventory: Inventory, balancers: readonly Balancer[]): Asked {
  const askedBy = new Map<string, Asking>();
  const elsewhere: Strand[] = [];
  const origins = inventory.ofType(of("AFDOrigin")).filter(isOn);
  for (const route of routesOf(inventory)) {
    const end = endOf(inventory, route);
    const groups = referred(route.inputs.originGroup);
    for (const origin of origins.filter(({ inputs }) => referred(inputs.originGroupName).some(urn => groups.includes(urn)))) {
      if (origin.inputs.sharedPrivateLinkResource !== undefined)
        throw new ReadFault(origin, "nothing here reads an origin by private link");
      if (isBucket(origin.inputs.hostName)) continue;
      const ports = portsOf(route, origin);
      const balancer = balancerAt(inventory, origin, balancers);
      if (balancer !== undefined) {
        const { urn } = balancer.planned;
        askedBy.set(urn, { end, traffic: union(ports, askedBy.get(urn)?.traffic ?? none) });
      } else {
        const host = textOf(origin.inputs.hostName);
        if (host === undefined) throw new ReadFault(origin, "the plan does not know whom it asks");
        elsewhere.push({ from: end, to: host, place, through: [origin.name, route.name], ports });
      }
    }
  }
  return { askedBy, elsewhere };
}

/** What Front Door must not do with those who come, or with what it asks. */
export function plainTalkOfCdn(inventory: Inventory): readonly Exposure[] {
  const routes = routesOf(inventory).flatMap(route => [
    ...(spokenOf(route).includes("Http") && textOf(route.inputs.httpsRedirect) === "Disabled"
      ? [{ resource: route.name, what: "it answers in plain text" }]
      : []),
    ...(textOf(route.inputs.forwardingProtocol) === "HttpOnly" ? [{ resource: route.name, what: "it asks in plain text" }] : []),
  ]);
  const domains = inventory
    .ofType(of("AFDCustomDomain"))
    .filter(({ inputs }) => !/^TLS1[23]$/.test(String(at(inputs, "tlsSettings", "minimumTlsVersion") ?? "")))
    .map(({ name }) => ({ resource: name, what: "it does not refuse TLS below 1.2" }));
  const origins = inventory
    .ofType(of("AFDOrigin"))
    .filter(({ inputs }) => inputs.enforceCertificateNameCheck === false)
    .map(({ name }) => ({ resource: name, what: "it asks whoever answers, whatever their certificate says" }));
  return [...routes, ...domains, ...origins];
}
