import * as azure from "@pulumi/azure-native";
import type { BalancerSpec } from "../../components/balancer/model.ts";
import type { Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { timeouts } from "./facts/timeouts.ts";
import { fixed } from "./fronts.ts";
import { listenersOf } from "./gateway-listeners.ts";
import { homeOf, only, zonesOf } from "./lookup.ts";
import type { By, On } from "./natives.ts";
import { idsOf, partName } from "./part-ids.ts";

type Args = azure.network.ApplicationGatewayArgs;

/**
 * An application gateway over all zones, with every listener, rule and pool inside it. With `network.ipv6` it answers in both families, which
 * it does from birth or never: on a stack that has one already, turning IPv6 on wants a new gateway.
 */
export function gateway(
  scope: Scope,
  spec: BalancerSpec,
  addresses: By<azure.network.PublicIPAddress>,
  on: On<"balancer">,
): azure.network.ApplicationGateway {
  const { name, parent, place, protection } = scope;
  const idOf = idsOf(scope, "applicationGateways", on);
  const subnet = { id: pick(on.network.subnetIds, only(spec.subnets)) };
  const tier = spec.waf ? "WAF_v2" : "Standard_v2";
  const fronts = spec.scheme === "internal" ? ["private"] : Object.keys(addresses);
  const made = new azure.network.ApplicationGateway(
    `${name}-gateway`,
    {
      ...homeOf(scope, on),
      applicationGatewayName: partName(scope),
      sku: { name: tier, tier },
      zones: zonesOf(place, spec.zones),
      autoscaleConfiguration: { minCapacity: protection ? 2 : 1, maxCapacity: 10 }, // more than one where the platform is to be relied upon
      ...firewallOf(spec, on),
      ...certificatesOf(spec, on),
      sslPolicy: policyOf(spec),
      enableHttp2: true,
      gatewayIPConfigurations: [{ name: "subnet", subnet }],
      frontendIPConfigurations: fronts.map(front =>
        front === "private"
          ? { name: front, privateIPAddress: fixed(spec), privateIPAllocationMethod: "Static", subnet }
          : { name: front, publicIPAddress: { id: pick(addresses, front).id } },
      ),
      ...poolsOf(spec, idOf),
      rewriteRuleSets: [{ name: "hygiene", rewriteRules: [hygiene, transport] }],
      ...listenersOf(spec, fronts, idOf),
    },
    {
      parent,
      protect: protection,
      dependsOn: [...on.network.ready, ...(on.certificates === null ? [] : on.certificates.ready)],
      customTimeouts: timeouts.gateway,
    },
  );
  diagnostics(scope, spec, made, on);
  return made;
}

function firewallOf({ waf }: BalancerSpec, on: On<"balancer">): Pick<Args, "firewallPolicy"> {
  if (!waf) return {};
  if (on.waf === null || on.waf.native.gateway === null) throw new Error("no firewall policy was made");
  return { firewallPolicy: { id: on.waf.native.gateway.id } };
}

/** By their addresses in the vault, without a version: Azure looks for a new one every four hours. */
function certificatesOf(
  { certificates, pools }: BalancerSpec,
  on: On<"balancer">,
): Pick<Args, "sslCertificates" | "trustedRootCertificates" | "identity"> {
  if (on.certificates === null || on.certificates.native.identity === null) throw new Error("no certificate was decided");
  const { addresses, identity } = on.certificates.native;
  const authorities = new Set(Object.values(pools).flatMap(({ authority }) => (authority === null ? [] : [authority.certificate])));
  return {
    sslCertificates: certificates.map(name => ({ name, keyVaultSecretId: pick(addresses, name) })),
    // The secret holds a file of certificates in base 64, not a PFX as the ones above: https://github.com/Azure/azure-cli/issues/16913
    trustedRootCertificates: [...authorities].map(name => ({ name, keyVaultSecretId: pick(addresses, name) })),
    identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
  };
}

/** Azure's own policy, or one of our own: it knows none that starts at 1.3. Suites of 1.3 come by themselves. */
function policyOf({ tls }: BalancerSpec): azure.types.input.network.ApplicationGatewaySslPolicyArgs {
  if (tls === null) throw new Error("no TLS policy was decided");
  if (tls.minimum === "1.3") return { policyType: "CustomV2", minProtocolVersion: "TLSv1_3" };
  return tls.suites.length > 0
    ? { policyType: "CustomV2", minProtocolVersion: "TLSv1_2", cipherSuites: [...tls.suites] }
    : { policyType: "Predefined", policyName: tls.policy };
}

const protocol = { http: "Http", https: "Https", tcp: "Http" } as const;

function poolsOf(
  { pools, idleSeconds }: BalancerSpec,
  idOf: ReturnType<typeof idsOf>,
): Pick<Args, "backendAddressPools" | "backendHttpSettingsCollection" | "probes"> {
  const entries = Object.entries(pools);
  return {
    backendAddressPools: entries.map(([name]) => ({ name })),
    backendHttpSettingsCollection: entries.map(([name, pool]) => ({
      name,
      protocol: protocol[pool.protocol],
      port: pool.port,
      requestTimeout: idleSeconds,
      pickHostNameFromBackendAddress: false, // the role sees the host that was asked for, unless its certificate is checked by another
      ...(pool.authority === null
        ? {}
        : { hostName: pool.authority.host, trustedRootCertificates: [idOf("trustedRootCertificates", pool.authority.certificate)] }),
      cookieBasedAffinity: pool.stickySeconds === null ? "Disabled" : "Enabled",
      ...(pool.stickySeconds === null ? {} : { affinityCookieName: `${name}-affinity` }),
      connectionDraining: { enabled: pool.drainSeconds > 0, drainTimeoutInSec: Math.max(1, pool.drainSeconds) },
      probe: idOf("probes", name),
    })),
    probes: entries.map(([name, { health, authority }]) => ({
      name,
      protocol: protocol[health.protocol],
      port: health.port,
      // Azure's own probe says that address too: pools hold addresses, and none of the names is more right but that of a certificate.
      host: authority === null ? "127.0.0.1" : authority.host,
      path: health.path,
      interval: health.intervalSeconds,
      timeout: health.timeoutSeconds,
      unhealthyThreshold: health.unhealthy,
      minServers: 0,
      match: { statusCodes: [health.codes] },
    })),
  };
}

/** Azure writes ports into X-Forwarded-For, which lists of addresses trip over; and nobody is told what answers. */
const hygiene: azure.types.input.network.ApplicationGatewayRewriteRuleArgs = {
  name: "headers",
  ruleSequence: 100,
  actionSet: {
    requestHeaderConfigurations: [{ headerName: "X-Forwarded-For", headerValue: "{var_add_x_forwarded_for_proxy}" }],
    responseHeaderConfigurations: ["Server", "X-Powered-By"].map(headerName => ({ headerName, headerValue: "" })), // empty: taken away
  },
};

/** Browsers stay with https for a year, unless the role says something of its own. */
const transport: azure.types.input.network.ApplicationGatewayRewriteRuleArgs = {
  name: "transport",
  ruleSequence: 200,
  conditions: [{ variable: "http_resp_Strict-Transport-Security", pattern: ".+", ignoreCase: true, negate: true }],
  actionSet: { responseHeaderConfigurations: [{ headerName: "Strict-Transport-Security", headerValue: "max-age=31536000" }] },
};

/** Access and firewall logs, each in a table of its own, and metrics in any case. */
function diagnostics({ name, parent }: Scope, spec: BalancerSpec, made: azure.network.ApplicationGateway, on: On<"balancer">): void {
  const categories = [
    ...(spec.logs === null ? [] : ["ApplicationGatewayAccessLog"]),
    ...(spec.waf ? ["ApplicationGatewayFirewallLog"] : []),
  ];
  new azure.monitor.DiagnosticSetting(
    `${name}-diagnostics`,
    {
      name: "gateway",
      resourceUri: made.id,
      workspaceId: on.logs.destination,
      logAnalyticsDestinationType: "Dedicated",
      logs: categories.map(category => ({ category, enabled: true })),
      metrics: [{ category: "AllMetrics", enabled: true }],
    },
    { parent },
  );
}
