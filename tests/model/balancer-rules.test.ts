/**
 * Routes as numbered rules, as a cloud that asks them one after the other gets them: who answers a request, and which numbers stay.
 * What it cannot prove: that AWS matches hosts and paths as `matches` does here.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tablesOf } from "../../components/balancer/hosts.ts";
import { BalancerArgs, type RouteRule } from "../../components/balancer/model.ts";
import { rulesOf } from "../../components/balancer/rules.ts";
import { Findings } from "../../components/kernel/findings.ts";

const seed = 20_261_121;

interface Route {
  readonly hosts?: readonly string[];
  readonly paths?: readonly string[];
  readonly to: string;
}
type RoutesByName = Readonly<Record<string, Route>>;

const poolsOf = (routes: RoutesByName) => [...new Set(["web", ...Object.values(routes).map(({ to }) => to)])];

function decide(routes: RoutesByName) {
  const findings = new Findings("aws");
  const args = BalancerArgs.parse({ pools: Object.fromEntries(poolsOf(routes).map(pool => [pool, {}])), routes });
  return { tables: tablesOf("edge.balancers.lb", args, poolsOf(routes), findings, 100), issues: findings.issues };
}
const rules = (routes: RoutesByName, pass = false): Readonly<Record<string, RouteRule>> =>
  rulesOf({ ...decide({ ...routes, rest: { to: "web" } }).tables, pass });

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[.$+]/g, String.raw`\$&`).replaceAll("*", ".*")}$`).test(text);

/** Who answers, asked as the cloud asks: the lowest number whose host and path both match. */
function answer(routes: RoutesByName, host: string, path: string): string {
  const asked = Object.values(rules(routes)).toSorted((one, other) => one.priority - other.priority);
  const hit = asked.find(
    ({ hosts, paths }) =>
      (hosts.length === 0 || hosts.some(one => matches(one, host))) && (paths.length === 0 || paths.some(one => matches(one, path))),
  );
  return hit?.pool ?? "web";
}

const site: RoutesByName = {
  docs: { paths: ["/docs/*"], to: "docs" },
  api: { hosts: ["api.example.com"], to: "api" },
  paths: { hosts: ["app.example.com"], paths: ["/api/*", "/v1/*", "/ws/*"], to: "api" },
  deep: { hosts: ["app.example.com"], paths: ["/api/deep/*"], to: "deep" },
  exact: { hosts: ["app.example.com"], paths: ["/api"], to: "exact" },
  tenants: { hosts: ["*.example.com"], to: "tenant" },
  eu: { hosts: ["*.eu.example.com"], to: "eu" },
};

describe("a request", () => {
  it.each([
    ["of a host with a route of its own goes there, whatever the path", "api.example.com", "/docs/a", "api"],
    ["of a path goes there", "app.example.com", "/api/users", "api"],
    ["of the path itself, without anything below it, too", "app.example.com", "/ws", "api"],
    ["of a longer path goes further", "app.example.com", "/api/deep/x", "deep"],
    ["of an exact path is told from what lies below it", "app.example.com", "/api", "exact"],
    ["of what lies below goes with the rest of it", "app.example.com", "/api/x", "api"],
    ["of a path that only begins alike does not", "app.example.com", "/apis", "web"],
    ["of a named host falls back on the paths of every host", "app.example.com", "/docs/x", "docs"],
    ["and then on the rest, not on a wildcard", "app.example.com", "/other", "web"],
    ["of a host below a wildcard goes there", "shop.example.com", "/", "tenant"],
    ["of two wildcards the nearer answers", "shop.eu.example.com", "/", "eu"],
    ["of an unknown host goes by path", "other.org", "/docs/x", "docs"],
    ["and else to the rest", "other.org", "/", "web"],
  ])("%s", (_, host, path, pool) => expect(answer(site, host, path)).toBe(pool));

  it("of a host that two routes name is not lost where another host has but one of them", () => {
    const routes: RoutesByName = {
      web: { hosts: ["a.example.com", "b.example.com"], to: "web" },
      api: { hosts: ["a.example.com"], paths: ["/api/*"], to: "api" },
    };
    expect([answer(routes, "a.example.com", "/api/x"), answer(routes, "b.example.com", "/api/x")]).toEqual(["api", "web"]);
  });

  it("of a named host does not go with a wildcard that shares its route", () => {
    const routes: RoutesByName = {
      one: { hosts: ["a.example.com", "*.example.com"], to: "one" },
      two: { hosts: ["b.example.com"], to: "two" },
    };
    expect(answer(routes, "b.example.com", "/")).toBe("two");
  });
});

describe("a route", () => {
  it.each<[string, RoutesByName, string, RegExp]>([
    [
      "below another one's path, which is asked first",
      { long: { paths: ["/api/*", "/a-very-long-one"], to: "web" }, short: { paths: ["/api/v1/*"], to: "web" } },
      "edge.balancers.lb.routes.short",
      /\/api\/v1\/\* not to lie below \/api\/\* of long/,
    ],
    [
      "that is the other's path itself, likewise",
      { long: { paths: ["/api/*", "/a-very-long-one"], to: "web" }, short: { paths: ["/api"], to: "web" } },
      "edge.balancers.lb.routes.short",
      /\/api not to lie below/,
    ],
    [
      "beside another one that is as long, whatever comes first",
      { one: { paths: ["/same/x", "/a/b/*"], to: "web" }, two: { paths: ["/same/y", "/a/*"], to: "web" } },
      "edge.balancers.lb.routes.one",
      /\/a\/b\/\* not to lie below \/a\/\* of two/,
    ],
    [
      "with a sign that a cloud does not take",
      { one: { paths: ["/a;b"], to: "web" } },
      "edge.balancers.lb.routes.one.paths",
      /got "\/a;b"/,
    ],
    [
      "with a path too long",
      { one: { paths: [`/${"a".repeat(126)}`], to: "web" } },
      "edge.balancers.lb.routes.one.paths",
      /expected a path/,
    ],
  ])("is refused %s", (_, routes, path, problem) => {
    const { issues } = decide({ ...routes, rest: { to: "web" } });
    expect(issues.map(issue => issue.path)).toContain(path);
    expect(issues.map(issue => issue.problem).join("\n")).toMatch(problem);
  });
});

const label = fc.string({ unit: fc.constantFrom(..."abcxyz"), minLength: 1, maxLength: 6 });
const host = fc.oneof(
  label.map(one => `${one}.example.com`),
  fc.tuple(label, label).map(([one, two]) => `${one}.${two}.example.com`),
  label.map(one => `*.${one}.example.com`),
  fc.constant("*.example.com"),
);
const path = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([parts, all]) => `/${parts.join("/")}${all ? "/*" : ""}`);
const route = fc
  .record({
    hosts: fc.uniqueArray(host, { maxLength: 4 }),
    paths: fc.uniqueArray(path, { maxLength: 4 }),
    to: fc.constantFrom("web", "api", "docs"),
  })
  .filter(({ hosts, paths }) => hosts.length + paths.length > 0);
const routes = fc
  .uniqueArray(fc.tuple(label, route), { maxLength: 12, selector: ([name]) => name })
  .map(entries => Object.fromEntries(entries))
  .filter(all => decide({ ...all, rest: { to: "web" } }).issues.length === 0);

describe("numbers", () => {
  it("are unique, within what AWS takes, with at most five values a rule, the CDN's pass among them", () => {
    fc.assert(
      fc.property(routes, fc.boolean(), (all, pass) => {
        const made = Object.values(rules(all, pass));
        const numbers = made.map(({ priority }) => priority);
        expect(new Set(numbers).size).toBe(numbers.length);
        for (const number of numbers) expect(number).toSatisfy((one: number) => one >= 1 && one < 50_000); // which is the pass's own
        for (const { hosts, paths } of made) {
          expect(hosts.length + paths.length).toBeGreaterThan(0);
          expect(hosts.length + paths.length + Number(pass)).toBeLessThanOrEqual(5);
        }
      }),
      { numRuns: 100, seed },
    );
  });

  it("put everything that another rule would also answer in the right order", () => {
    fc.assert(
      fc.property(routes, host, path, (all, someHost, somePath) => {
        const [at, asked] = [someHost.replace("*", "any"), somePath.replace("*", "any")];
        expect(answer(all, at, asked)).toBe(expected(all, at, asked));
      }),
      { numRuns: 400, seed },
    );
  });

  it("are the same whatever else is routed, but for one in a hundred", () => {
    let [moved, stayed] = [0, 0];
    fc.assert(
      fc.property(routes, route, (all, one) => {
        const more = { ...all, newcomer: one };
        if (decide({ ...more, rest: { to: "web" } }).issues.length > 0) return;
        const [before, after] = [rules(all), rules(more)];
        for (const [key, { priority }] of Object.entries(before))
          if (after[key]?.priority === priority) stayed += 1;
          else if (after[key] !== undefined) moved += 1;
      }),
      { numRuns: 300, seed },
    );
    expect(stayed).toBeGreaterThan(1000);
    expect(moved / stayed).toBeLessThan(0.01);
  });

  it("stay within what AWS takes when every rule wants the same one", () => {
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, at): [string, Route] => [`r${at}`, { paths: [`/${String(at).padStart(2, "0")}`], to: "web" }]),
    );
    const numbers = Object.values(rules(many)).map(({ priority }) => priority);
    expect(new Set(numbers).size).toBe(100);
    expect(Math.max(...numbers)).toBeLessThan(50_000);
  });
});

/** The meaning of routes in words: the nearest host decides, then its longest path, then the paths of every host, then the rest. */
function expected(all: RoutesByName, at: string, asked: string): string {
  const own = Object.values(all);
  const length = (one: string): number => (one.endsWith("/*") ? one.length - 2 : one.length + 0.5);
  const covers = (one: string): boolean => (one.endsWith("/*") ? `${asked}/`.startsWith(one.slice(0, -1)) : one === asked);
  const longest = (among: readonly Route[]) =>
    among
      .flatMap(({ paths = [], to }) => paths.filter(covers).map(one => ({ to, length: length(one) })))
      .toSorted((one, other) => other.length - one.length)[0];
  const fits = own.flatMap(({ hosts = [] }) => hosts.filter(one => matches(one, at)));
  const near = fits.toSorted(
    (one, other) => Number(one.startsWith("*")) - Number(other.startsWith("*")) || other.split(".").length - one.split(".").length,
  )[0];
  const here = near === undefined ? [] : own.filter(({ hosts = [] }) => hosts.includes(near));
  const everywhere = own.filter(({ hosts = [] }) => hosts.length === 0);
  const alone = here.find(({ paths = [] }) => paths.length === 0)?.to;
  const ownPath = longest(here);
  const anyPath = alone === undefined ? longest(everywhere) : undefined;
  const nearestPath = ownPath !== undefined && (anyPath === undefined || ownPath.length >= anyPath.length) ? ownPath : anyPath;
  return nearestPath?.to ?? alone ?? "web";
}
