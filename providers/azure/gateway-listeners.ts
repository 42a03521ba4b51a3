/**
 * Routes as a gateway takes them: a listener for every set of hosts that show one certificate, and a rule with a path map behind it. Rules are
 * asked by priority: hosts, then wildcards with the nearest first, then whoever is left.
 */
import type * as azure from "@pulumi/azure-native";
import type { BalancerSpec, HostSpec } from "../../components/balancer/model.ts";
import { shortened } from "../../components/kernel/naming.ts";
import type { idsOf } from "./part-ids.ts";

type Args = azure.network.ApplicationGatewayArgs;
type Ids = ReturnType<typeof idsOf>;
type Table = Omit<HostSpec, "hosts">;

/** Hosts that answer alike under one certificate; none of them: whoever is named nowhere. */
interface Face {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly certificate: string;
  readonly table: Table;
}

/** Most host names of a listener: https://learn.microsoft.com/azure/application-gateway/multiple-site-overview (2026-11-21). */
const mostHosts = 5;

export function listenersOf(
  spec: BalancerSpec,
  fronts: readonly string[],
  idOf: Ids,
): Pick<Args, "frontendPorts" | "httpListeners" | "requestRoutingRules" | "urlPathMaps" | "redirectConfigurations"> {
  const faces = facesOf(spec);
  const ends = Object.entries(spec.listeners).filter(([, { protocol }]) => protocol === "https");
  const redirects = Object.entries(spec.listeners).filter(([, { protocol }]) => protocol === "redirect");
  const [standard = ends[0]] = ends.filter(([, { port }]) => port === 443);
  const answering = ends.flatMap(([listener, { port }]) =>
    faces.flatMap(face => fronts.map(front => ({ name: nameOf(front, listener, face), front, port, face }))),
  );
  const sending =
    standard === undefined
      ? []
      : redirects.flatMap(([listener, { port }]) =>
          fronts.map(front => ({ name: `${front}-${listener}`, front, port, target: nameOf(front, standard[0], rest(spec)) })),
        );
  const at = ({ front, port }: { readonly front: string; readonly port: number }) => ({
    frontendIPConfiguration: idOf("frontendIPConfigurations", front),
    frontendPort: idOf("frontendPorts", `port-${port}`),
  });
  const rules: readonly azure.types.input.network.ApplicationGatewayRequestRoutingRuleArgs[] = [
    ...answering.map(({ name, face }) => ({ name, httpListener: idOf("httpListeners", name), ...targetOf(name, face, idOf) })),
    ...sending.map(({ name }) => ({
      name,
      httpListener: idOf("httpListeners", name),
      ruleType: "Basic",
      redirectConfiguration: idOf("redirectConfigurations", name),
    })),
  ];
  return {
    frontendPorts: Object.values(spec.listeners).map(({ port }) => ({ name: `port-${port}`, port })),
    httpListeners: [
      ...answering.map(one => ({
        name: one.name,
        ...at(one),
        protocol: "Https",
        sslCertificate: idOf("sslCertificates", one.face.certificate),
        ...(one.face.hosts.length === 0 ? {} : { hostNames: [...one.face.hosts], requireServerNameIndication: true }),
      })),
      ...sending.map(one => ({ name: one.name, ...at(one), protocol: "Http" })),
    ],
    requestRoutingRules: rules.map((rule, place) => ({ ...rule, priority: 10 * (place + 1) })),
    urlPathMaps: answering.flatMap(({ name, face }) => (hasPaths(face) ? [pathMapOf(name, face.table, idOf)] : [])),
    redirectConfigurations: sending.map(({ name, target }) => ({
      name,
      redirectType: "Permanent",
      targetListener: idOf("httpListeners", target),
      includePath: true,
      includeQueryString: true,
    })),
  };
}

/** Parts' names follow the rules of other parts of a network. */
const nameOf = (front: string, listener: string, { name }: Face): string =>
  shortened([front, listener, name], { max: 80, separator: "-", suffixLength: 0 });
const hasPaths = ({ table }: Face): boolean => Object.keys(table.paths).length > 0;

/** Who answers hosts that nobody names. */
function rest({ otherwise, certificates: [certificate] }: BalancerSpec): Face {
  if (otherwise === null || certificate === undefined) throw new Error("no pool of the rest was decided");
  return { name: "rest", hosts: [], certificate, table: otherwise };
}

/** Hosts of the tables, then names of further certificates, which would else be shown the first one's. */
function facesOf(spec: BalancerSpec): readonly Face[] {
  const last = rest(spec);
  const named = new Set(Object.values(spec.hosts).flatMap(({ hosts }) => hosts));
  const tables = [
    ...Object.entries(spec.hosts).map(([key, { hosts, ...table }]) => ({ key: `host-${key}`, hosts, table })),
    ...spec.certificates.slice(1).map(certificate => ({
      key: `name-${certificate}`,
      hosts: namesOf(spec, certificate).filter(host => !named.has(host)),
      table: last.table,
    })),
  ];
  const faces = tables.flatMap(({ key, hosts, table }) =>
    batches(spec, hosts).map(({ certificate, hosts: some }, place) => ({ name: `${key}-${place + 1}`, hosts: some, certificate, table })),
  );
  return [...faces.toSorted((one, other) => nearness(other) - nearness(one)), last];
}

/** Hosts before wildcards, of wildcards the longer ones. */
const nearness = ({ hosts: [host = ""] }: Face): number => (host.startsWith("*") ? host.split(".").length : Number.MAX_SAFE_INTEGER);

/** Hosts that may share a listener: under one certificate, hosts apart from wildcards of each length, five at most. */
function batches(spec: BalancerSpec, hosts: readonly string[]): readonly Pick<Face, "hosts" | "certificate">[] {
  const alike = Object.groupBy(hosts, host => [certificateOf(spec, host), host.startsWith("*") ? host.split(".").length : 0].join(" "));
  return Object.values(alike).flatMap((some = []) => {
    const [first = ""] = some;
    const starts = some.keys().filter(place => place % mostHosts === 0);
    return [...starts].map(start => ({ certificate: certificateOf(spec, first), hosts: some.slice(start, start + mostHosts) }));
  });
}

const namesOf = ({ certified }: BalancerSpec, certificate: string): readonly string[] => {
  const names = certified[certificate];
  return names === undefined ? [] : names;
};

/** The certificate that names a host, else one with a wildcard over it, else the first. */
function certificateOf(spec: BalancerSpec, host: string): string {
  const over = host.replace(/^[^.]+/, "*");
  const [found = rest(spec).certificate] = [host, over].flatMap(name => spec.certificates.filter(one => namesOf(spec, one).includes(name)));
  return found;
}

/** What a rule sends on: by paths, or everything to one pool. */
function targetOf(
  name: string,
  face: Face,
  idOf: Ids,
): Pick<
  azure.types.input.network.ApplicationGatewayRequestRoutingRuleArgs,
  "ruleType" | "urlPathMap" | "backendAddressPool" | "backendHttpSettings" | "rewriteRuleSet"
> {
  if (hasPaths(face)) return { ruleType: "PathBasedRouting", urlPathMap: idOf("urlPathMaps", name) };
  return { ruleType: "Basic", ...poolOf(face.table.otherwise, idOf), rewriteRuleSet: idOf("rewriteRuleSets", "hygiene") };
}

const poolOf = (pool: string, idOf: Ids) => ({
  backendAddressPool: idOf("backendAddressPools", pool),
  backendHttpSettings: idOf("backendHttpSettingsCollection", pool),
});

/** Asked in order. Azure takes a path once: what one route names alone, another's `/*` leaves out. */
function pathMapOf(name: string, { paths, otherwise }: Table, idOf: Ids): azure.types.input.network.ApplicationGatewayUrlPathMapArgs {
  const alone = new Set(Object.values(paths).flatMap(route => route.paths.filter(path => !path.endsWith("/*"))));
  const written = (path: string): readonly string[] => {
    const above = path.slice(0, -"/*".length);
    return path.endsWith("/*") && !alone.has(above) ? [above, path] : [path];
  };
  return {
    name,
    defaultBackendAddressPool: idOf("backendAddressPools", otherwise),
    defaultBackendHttpSettings: idOf("backendHttpSettingsCollection", otherwise),
    defaultRewriteRuleSet: idOf("rewriteRuleSets", "hygiene"),
    pathRules: Object.entries(paths).map(([route, { paths: own, pool }]) => ({
      name: route,
      paths: own.flatMap(written),
      ...poolOf(pool, idOf),
      rewriteRuleSet: idOf("rewriteRuleSets", "hygiene"),
    })),
  };
}
