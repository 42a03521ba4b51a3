import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ListenerSpec, RouteRule, RoutesSpec } from "../../components/balancer/model.ts";
import type { CdnPass, Front, Scope } from "../../components/contract.ts";
import { pick } from "../../components/kernel/pick.ts";
import { each, present, tagged } from "./lookup.ts";
import type { AwsGround, AwsNatives, AwsPart, AwsSite } from "./natives.ts";
import { scalingByRequests } from "./routes-scaling.ts";

export interface RoutesOn extends AwsGround, AwsSite, Front<AwsNatives> {
  readonly balancer: AwsPart<"balancer">;
  readonly groups: Readonly<Record<string, AwsPart<"group">>>;
}

/** Listeners with their certificates and rules, the firewall before them, and the scaling that asks the balancer. */
export function routes(scope: Scope, spec: RoutesSpec, on: RoutesOn): AwsPart<"routes"> {
  const { name, parent, place } = scope;
  const { region } = place;
  const balancer = on.balancer.native.balancer;
  const pass = spec.pass ? present(on.pass, "pass of the CDN") : null;
  const guard = spec.waf ? [guardOf(scope, balancer, present(on.waf, "firewall"))] : [];
  const listeners = each(
    spec.listeners,
    (key, listener) =>
      new aws.lb.Listener(
        `${name}-listener-${key}`,
        {
          region,
          loadBalancerArn: balancer.arn,
          port: listener.port,
          ...answersOf(spec, listener, on),
          tags: tagged(scope, `${name}-listener-${key}`),
        },
        { parent, dependsOn: guard }, // nobody calls before the firewall stands
      ),
  );
  const reading = Object.entries(listeners).filter(([key]) => pick(spec.listeners, key).protocol === "https");
  const joined = reading.flatMap(([key, listener]) => [
    ...certificatesOf(scope, key, listener, spec, on),
    ...Object.entries(spec.rules).map(([rule, said]) => ruleOf(scope, `rule-${key}-${rule}`, listener, said, pass, on)),
    ...(pass === null ? [] : [ruleOf(scope, `rest-${key}`, listener, restOf(spec), pass, on)]),
  ]);
  const ready = [...guard, ...Object.values(listeners), ...joined];
  return { native: { listeners }, ready: [...ready, ...scalingByRequests(scope, spec, on, ready)] };
}

const guardOf = ({ name, parent, place }: Scope, balancer: aws.lb.LoadBalancer, waf: AwsPart<"waf">) =>
  new aws.wafv2.WebAclAssociation(
    `${name}-waf`,
    { region: place.region, resourceArn: balancer.arn, webAclArn: present(waf.native.regional, "regional firewall").arn },
    { parent, dependsOn: [...waf.ready] },
  );

/** What a listener speaks, and who answers where no rule says otherwise. */
function answersOf(spec: RoutesSpec, { protocol, pool }: ListenerSpec, on: RoutesOn): Omit<aws.lb.ListenerArgs, "loadBalancerArn"> {
  const forward = (to: string) => ({ type: "forward", targetGroupArn: pick(on.balancer.native.pools, to).arn });
  if (protocol === "tcp")
    return { protocol: "TCP", tcpIdleTimeoutSeconds: spec.idleSeconds, defaultActions: [forward(present(pool, "pool of a listener"))] };
  if (protocol === "redirect") {
    const port = String(
      present(
        Object.values(spec.listeners).find(other => other.protocol === "https"),
        "listener that ends TLS",
      ).port,
    );
    return { protocol: "HTTP", defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port, statusCode: "HTTP_301" } }] };
  }
  return {
    protocol: "HTTPS",
    sslPolicy: present(spec.tls, "policy of TLS").policy,
    certificateArn: certificateOf(present(spec.certificates[0], "first certificate"), on),
    defaultActions: [spec.pass ? refused : forward(restOf(spec).pool)],
    // Nothing here answers without TLS, and no browser should try; neither should it guess types, nor anyone learn what answers.
    routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000",
    routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
    routingHttpResponseServerEnabled: false,
  };
}

const certificateOf = (name: string, on: RoutesOn): pulumi.Output<string> =>
  pick(present(on.certificates, "certificates").native.regional, name);

/** All but the first, which the listener itself carries. */
const certificatesOf = ({ name, parent, place }: Scope, key: string, listener: aws.lb.Listener, spec: RoutesSpec, on: RoutesOn) =>
  spec.certificates
    .slice(1)
    .map(
      certificate =>
        new aws.lb.ListenerCertificate(
          `${name}-certificate-${key}-${certificate}`,
          { region: place.region, listenerArn: listener.arn, certificateArn: certificateOf(certificate, on) },
          { parent },
        ),
    );

/** Whoever comes without the pass. */
const refused = { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "403" } } as const;

/** What no other rule names, as the last one. */
const restOf = (spec: RoutesSpec): RouteRule => ({
  priority: 50_000,
  hosts: [],
  paths: [],
  pool: present(spec.otherwise, "pool of the rest").otherwise,
});

function ruleOf(
  scope: Scope,
  key: string,
  listener: aws.lb.Listener,
  rule: RouteRule,
  pass: CdnPass | null,
  on: RoutesOn,
): aws.lb.ListenerRule {
  const { name, parent, place } = scope;
  return new aws.lb.ListenerRule(
    `${name}-${key}`,
    {
      region: place.region,
      listenerArn: listener.arn,
      priority: rule.priority,
      conditions: [
        ...(rule.hosts.length === 0 ? [] : [{ hostHeader: { values: [...rule.hosts] } }]),
        ...(rule.paths.length === 0 ? [] : [{ pathPattern: { values: [...rule.paths] } }]),
        ...(pass === null ? [] : [{ httpHeader: { httpHeaderName: pass.header, values: [pass.value] } }]),
      ],
      actions: [{ type: "forward", targetGroupArn: pick(on.balancer.native.pools, rule.pool).arn }],
      tags: tagged(scope, `${name}-${key}`),
    },
    { parent },
  );
}
