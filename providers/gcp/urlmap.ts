/** Hosts and paths as a URL map has them. Google asks the nearest host and the longest path first, whatever the order. */
import type * as pulumi from "@pulumi/pulumi";
import type { HostSpec, RoutesSpec } from "../../components/balancer/model.ts";
import { pick } from "../../components/kernel/pick.ts";

type Services = Readonly<Record<string, pulumi.Output<string>>>;

/** What a request may say of itself and its way here, and programs believe. Google writes the headers it vouches for anew. */
export const claims = ["Forwarded", "Proxy", "X-Forwarded-Host", "X-Forwarded-Port", "X-Original-URL", "X-Real-IP", "X-Rewrite-URL"];

/** `/api/*` is for Google what lies below; here it is `/api` as well, unless another route names that. */
function patternsOf(paths: readonly string[], named: ReadonlySet<string>): readonly string[] {
  return paths.flatMap(path => {
    const itself = path.slice(0, -2);
    return path.endsWith("/*") && !named.has(itself) ? [itself, path] : [path];
  });
}

function matcherOf(name: string, { paths, otherwise }: Omit<HostSpec, "hosts">, services: Services) {
  const named = new Set(Object.values(paths).flatMap(route => route.paths));
  return {
    name,
    defaultService: pick(services, otherwise),
    pathRules: Object.values(paths).map(route => ({
      paths: [...new Set(patternsOf(route.paths, named))],
      service: pick(services, route.pool),
    })),
  };
}

/** A matcher is called after its first route, so that a new one renames none. */
export function tablesOf({ hosts, otherwise }: RoutesSpec, services: Services) {
  if (otherwise === null) throw new Error("a network balancer reads no request");
  const everywhere = Object.keys(otherwise.paths).length === 0 ? [] : [matcherOf("everywhere", otherwise, services)];
  return {
    defaultService: pick(services, otherwise.otherwise),
    hostRules: [
      ...Object.entries(hosts).map(([key, table]) => ({ hosts: [...table.hosts], pathMatcher: `host-${key}` })),
      ...everywhere.map(({ name }) => ({ hosts: ["*"], pathMatcher: name })),
    ],
    pathMatchers: [...Object.entries(hosts).map(([key, table]) => matcherOf(`host-${key}`, table, services)), ...everywhere],
    headerAction: { requestHeadersToRemoves: claims },
  };
}

/** What answers without TLS. */
export const toHttps = {
  defaultUrlRedirect: { httpsRedirect: true, redirectResponseCode: "MOVED_PERMANENTLY_DEFAULT", stripQuery: false },
};
