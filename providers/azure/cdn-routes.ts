/** How Front Door answers paths: routes, and the rules that tell how long what is kept. */
import * as azure from "@pulumi/azure-native";
import type * as pulumi from "@pulumi/pulumi";
import type { BehaviourSpec, CdnSpec } from "../../components/cdn/model.ts";
import type { Scope } from "../../components/contract.ts";
import { shortened } from "../../components/kernel/naming.ts";
import type { Origin } from "./cdn-origins.ts";
import { groupOf } from "./lookup.ts";
import type { On } from "./natives.ts";

type Action =
  | azure.types.input.cdn.DeliveryRuleRequestHeaderActionArgs
  | azure.types.input.cdn.DeliveryRuleResponseHeaderActionArgs
  | azure.types.input.cdn.DeliveryRuleRouteConfigurationOverrideActionArgs;

/** Rule sets and rules take letters and digits alone. */
const plain = (...parts: readonly string[]): string => shortened(parts, { max: 60, separator: "", suffixLength: 0 });

/** Front Door compresses these alone, and nothing unless they are named; its portal's list. */
const texts = [
  "application/javascript",
  "application/json",
  "application/xml",
  "application/wasm",
  "font/otf",
  "font/ttf",
  "image/svg+xml",
  "text/css",
  "text/html",
  "text/javascript",
  "text/plain",
  "text/xml",
];

/** Since when a bearer's token opens a blob; without a word, the oldest version answers, which knows none. */
const blobVersion = "2023-11-03";

interface Within {
  readonly profile: azure.cdn.Profile;
  readonly endpoint: azure.cdn.AFDEndpoint;
  readonly domains: readonly azure.cdn.AFDCustomDomain[];
  readonly origin: Origin;
  readonly secured: { readonly set: azure.cdn.RuleSet; readonly rule: azure.cdn.Rule } | null;
  readonly guard: readonly pulumi.Resource[];
}

/** What every answer carries. Front Door cannot ask whether the origin said it already, so it says it over. */
export function securityRules(
  scope: Scope,
  { hstsSeconds, frame, referrer }: NonNullable<CdnSpec["securityHeaders"]>,
  profile: azure.cdn.Profile,
  on: On<"cdn">,
) {
  const actions = [
    answers("Strict-Transport-Security", `max-age=${hstsSeconds}`),
    answers("X-Content-Type-Options", "nosniff"),
    answers("X-Frame-Options", frame),
    answers("Referrer-Policy", referrer),
  ];
  return ruleSet(scope, "headers", actions, profile, on);
}

const overwrite = (headerName: string, value: pulumi.Input<string>) =>
  ({ typeName: "DeliveryRuleHeaderActionParameters", headerAction: "Overwrite", headerName, value }) as const;
const answers = (header: string, value: string): Action => ({ name: "ModifyResponseHeader", parameters: overwrite(header, value) });
const asks = (header: string, value: pulumi.Input<string>): Action => ({
  name: "ModifyRequestHeader",
  parameters: overwrite(header, value),
});

function ruleSet(scope: Scope, key: string, actions: Action[], profile: azure.cdn.Profile, on: On<"cdn">) {
  const { name, parent } = scope;
  const base = { ...groupOf(scope, on), profileName: profile.name };
  const set = new azure.cdn.RuleSet(`${name}-rules-${key}`, { ...base, ruleSetName: plain(name, ...key.split("-")) }, { parent });
  const rule = new azure.cdn.Rule(
    `${name}-rule-${key}`,
    { ...base, ruleSetName: set.name, ruleName: "always", order: 0, matchProcessingBehavior: "Continue", conditions: [], actions },
    { parent },
  );
  return { set, rule };
}

interface Piece {
  readonly key: string;
  readonly patterns: readonly string[];
  /** Null where paths go on as they came. */
  readonly originPath: string | null;
}

/**
 * Routes of one behaviour: a single one before a balancer. A path of the origin's takes the place of the pattern that matched
 * (front-door-url-rewrite), so that before a bucket, where paths are sought in a folder, each pattern has a route that says it again.
 */
function piecesOf(key: string, { paths }: BehaviourSpec, folder: string | null): readonly Piece[] {
  const patterns = paths.length === 0 ? ["/*"] : paths;
  if (folder === null) return [{ key, patterns, originPath: null }];
  return patterns.map(pattern => {
    const title =
      pattern === "/*"
        ? [key]
        : [
            key,
            pattern
              .replace("*", "any")
              .replaceAll(/[^A-Za-z0-9]+/g, "-")
              .replaceAll(/^-|-$/g, ""),
          ];
    return {
      key: shortened(title, { max: 64, separator: "-", suffixLength: 0 }),
      patterns: [pattern],
      originPath: `${folder}${pattern.replace("*", "")}`,
    };
  });
}

/** Every name of the site leads to them; visitors of http are sent to https. */
export function routes(scope: Scope, key: string, behaviour: BehaviourSpec, within: Within, on: On<"cdn">): readonly azure.cdn.Route[] {
  const { name, parent } = scope;
  const { profile, endpoint, domains, origin, secured, guard } = within;
  const actions = [
    ...kept(behaviour),
    ...told(behaviour),
    ...(origin.folder === null ? [] : [asks("x-ms-version", blobVersion)]),
    ...(origin.pass === null ? [] : [asks(origin.pass.header, origin.pass.value)]),
  ];
  const own = actions.length === 0 ? null : ruleSet(scope, key, actions, profile, on);
  const sets = [secured, own].flatMap(rules => (rules === null ? [] : [rules]));
  return piecesOf(key, behaviour, origin.folder).map(
    piece =>
      new azure.cdn.Route(
        `${name}-route-${piece.key}`,
        {
          ...groupOf(scope, on),
          profileName: profile.name,
          endpointName: endpoint.name,
          customDomains: domains.map(({ id }) => ({ id })),
          linkToDefaultDomain: "Disabled", // no second name for the same
          enabledState: "Enabled",
          supportedProtocols: ["Http", "Https"],
          httpsRedirect: "Enabled",
          forwardingProtocol: "HttpsOnly",
          patternsToMatch: [...piece.patterns],
          originGroup: { id: origin.group.id },
          ...(piece.originPath === null ? {} : { originPath: piece.originPath }),
          ...(behaviour.cache === "off" ? {} : { cacheConfiguration: cacheOf(behaviour) }), // nothing said is nothing kept
          ruleSets: sets.map(({ set }) => ({ id: set.id })),
        },
        { parent, dependsOn: [origin.origin, ...guard, ...sets.map(({ rule }) => rule)] }, // a group without an origin takes no route
      ),
  );
}

const cacheOf = ({ compress }: BehaviourSpec) => ({
  queryStringCachingBehavior: "UseQueryString",
  compressionSettings: compress ? { isCompressionEnabled: true, contentTypesToCompress: texts } : { isCompressionEnabled: false },
});

/** How long what is kept. Left to itself Front Door keeps one to three days what the origin says nothing of. */
function kept({ cache, ttlSeconds, compress }: BehaviourSpec): Action[] {
  if (cache === "off") return [];
  return [
    {
      name: "RouteConfigurationOverride",
      parameters: {
        typeName: "DeliveryRuleRouteConfigurationOverrideActionParameters",
        cacheConfiguration: {
          cacheBehavior: cache === "fixed" ? "OverrideAlways" : "OverrideIfOriginMissing",
          cacheDuration: durationOf(Math.max(1, ttlSeconds)), // a second is the least there is
          queryStringCachingBehavior: "UseQueryString",
          isCompressionEnabled: compress ? "Enabled" : "Disabled",
        },
      },
    },
  ];
}

const told = ({ browserTtlSeconds }: BehaviourSpec): Action[] =>
  browserTtlSeconds === null ? [] : [answers("Cache-Control", `max-age=${browserTtlSeconds}`)];

/** `[d.]hh:mm:ss` */
function durationOf(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const days = Math.floor(seconds / 86_400);
  const clock = [Math.floor((seconds % 86_400) / 3600), Math.floor((seconds % 3600) / 60), seconds % 60].map(two).join(":");
  return days === 0 ? clock : `${days}.${clock}`;
}
