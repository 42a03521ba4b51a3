/** Networks, names and private ways of Google Cloud. Ids: "import" sections of the SDK's comments (9.37.0). */
import type { Birth, Kinds, Standing } from "../../kinds.ts";
import type { Inputs } from "../../rules.ts";
import { isMap } from "../../wire.ts";
import { addressOf, bornAt, compute, connectionId, digitsOf, gatewayOf, located, projectOf, rangeId, textOf, textsOf } from "./shapes.ts";

/** Texts one level down: the networks of a zone. */
const membersOf = (value: unknown, key: string): readonly string[] =>
  Array.isArray(value) ? value.flatMap(member => (isMap(member) ? [textOf(member, key)] : [])) : [];

const zoneNetworks = ({ inputs }: Birth): string => {
  const config = isMap(inputs.privateVisibilityConfig) ? inputs.privateVisibilityConfig : {};
  return membersOf(config.networks, "networkUrl").toSorted().join(" ");
};

/** What a rule takes of its address: no second one may have the same port. An endpoint takes the whole address. */
const ruleUse = (inputs: Inputs): string | null =>
  textOf(inputs, "loadBalancingScheme") === ""
    ? null
    : [textOf(inputs, "ipAddress"), textOf(inputs, "portRange"), ...textsOf(inputs.ports)].join(" ");

/** Several rules stand on one internal address only if it was made for that; and inner proxies need a range to stand in. */
function ruleAsks(inputs: Inputs, others: readonly Standing[]): string | null {
  const { ipAddress, loadBalancingScheme, network, region } = inputs;
  const address = others.find(({ id, filled }) => id === ipAddress || filled.selfLink === ipAddress);
  const shared = others.some(other => /[fF]orwardingRule$/.test(other.type) && other.inputs.ipAddress === ipAddress);
  if (shared && address?.inputs.addressType === "INTERNAL" && address.inputs.purpose !== "SHARED_LOADBALANCER_VIP")
    return `${ipAddress} is in use, and its purpose is not SHARED_LOADBALANCER_VIP`;
  const proxies = others.some(
    ({ inputs: of }) => of.purpose === "REGIONAL_MANAGED_PROXY" && of.network === network && of.region === region,
  );
  return loadBalancingScheme === "INTERNAL_MANAGED" && !proxies ? `no subnet for proxies in ${network}` : null;
}

export const networkKinds: Kinds = {
  "gcp:compute/network:Network": compute("global", "networks", {
    outputs: made => ({ networkId: digitsOf(made, 19), numericId: digitsOf(made, 19), gatewayIpv4: "" }),
  }),
  "gcp:compute/subnetwork:Subnetwork": compute("regions", "subnetworks", {
    outputs: made => ({ gatewayAddress: gatewayOf(textOf(made.inputs, "ipCidrRange")), subnetworkId: Number(digitsOf(made, 12)) }),
    unique: ({ inputs }) => `${textOf(inputs, "network")} ${textOf(inputs, "ipCidrRange")}`, // overlaps are refused as well; here only the same
  }),
  "gcp:compute/address:Address": compute("regions", "addresses", {
    outputs: made => ({
      address: textOf(made.inputs, "address") || addressOf(made, textOf(made.inputs, "addressType") === "INTERNAL" ? 10 : 34),
    }),
    unique: ({ inputs: { subnetwork, address } }) => (typeof address === "string" ? `${subnetwork} ${address}` : null),
  }),
  "gcp:compute/globalAddress:GlobalAddress": compute("global", "addresses", {
    outputs: made => ({ address: textOf(made.inputs, "address") || addressOf(made, 10) }),
    unique: ({ inputs: { network, address, prefixLength } }) =>
      typeof address === "string" ? `${network} ${address}/${prefixLength}` : null,
  }),
  "gcp:compute/router:Router": compute("regions", "routers"),
  "gcp:compute/routerNat:RouterNat": {
    nameInput: "name",
    id: birth =>
      `${projectOf(birth)}/${textOf(birth.inputs, "region") || birth.landlord.region}/${textOf(birth.inputs, "router")}/${birth.name}`,
  },
  "gcp:compute/firewall:Firewall": compute("global", "firewalls"),
  "gcp:compute/forwardingRule:ForwardingRule": compute("regions", "forwardingRules", {
    outputs: made => ({
      forwardingRuleId: Number(digitsOf(made, 12)),
      pscConnectionId: digitsOf(made, 17),
      pscConnectionStatus: "ACCEPTED",
    }),
    unique: ({ inputs }) => ruleUse(inputs),
    asks: ruleAsks,
  }),
  "gcp:servicenetworking/connection:Connection": {
    nameInput: null,
    id: ({ inputs }) => connectionId(textOf(inputs, "network"), textOf(inputs, "service")),
    needs: birth => textsOf(birth.inputs.reservedPeeringRanges).map(range => rangeId(birth, range)),
    outputs: () => ({ peering: "servicenetworking-googleapis-com" }),
    keeps: (_, held) => (held === 0 ? null : "producer services still use this connection"),
  },
  "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy": located("location", "serviceConnectionPolicies", {
    outputs: made => ({ createTime: bornAt(made), infrastructure: "PSC" }),
    unique: ({ inputs }) => ["network", "location", "serviceClass"].map(key => textOf(inputs, key)).join(" "),
    keeps: (_, held) => (held === 0 ? null : "connections made by it still exist"),
  }),
  "gcp:dns/managedZone:ManagedZone": {
    nameInput: "name",
    id: birth => `projects/${projectOf(birth)}/managedZones/${birth.name}`,
    outputs: made => ({
      managedZoneId: Number(digitsOf(made, 15)),
      nameServers: ["ns-gcp-private.googledomains.com."],
      creationTime: bornAt(made),
    }),
    // No network sees two private zones of one name.
    unique: birth =>
      textOf(birth.inputs, "visibility") === "private" ? `${zoneNetworks(birth)} ${textOf(birth.inputs, "dnsName")}` : null,
    keeps: ({ forceDestroy }, held) => (held === 0 || forceDestroy === true ? null : `it holds ${held} records that are not ours`),
  },
  "gcp:certificatemanager/certificate:Certificate": located("location", "certificates", {
    outputs: ({ inputs }) => ({ sanDnsnames: isMap(inputs.managed) ? textsOf(inputs.managed.domains) : [] }),
  }),
  "gcp:certificatemanager/dnsAuthorization:DnsAuthorization": located("location", "dnsAuthorizations", {
    outputs: made => ({
      dnsResourceRecords: [
        {
          name: `_acme-challenge_${made.hex(16, "record")}.${textOf(made.inputs, "domain")}.`,
          type: "CNAME",
          data: `${made.hex(32, "data")}.9.authorize.certificatemanager.goog.`,
        },
      ],
    }),
  }),
  "gcp:dns/recordSet:RecordSet": {
    nameInput: null,
    id: birth => {
      const { inputs } = birth;
      return `projects/${projectOf(birth)}/managedZones/${textOf(inputs, "managedZone")}/rrsets/${textOf(inputs, "name")}/${textOf(inputs, "type")}`;
    },
  },
};
