/** What is decided and refused of scaling by the hour, by forecast, and by what a balancer sees. Targets and steps are shown in `compute.test.ts`. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clashesOf, cron, minuteOf, type Start, spansOf, type Weekday, weekdays } from "../../components/kernel/week.ts";
import { timezones } from "../../providers/azure/facts/timezones.ts";
import { decides, notes, refuses } from "../support/rows.ts";

const network = { tiers: { public: {}, app: {}, data: {} } };
const role = (scaling: object, more: object = {}) => ({ network, roles: { web: { count: { min: 2, max: 6 }, scaling, ...more } } });
const scheduled = (schedules: object, more: object = {}) => role({ schedules, ...more });
const workdays = ["mon", "tue", "wed", "thu", "fri"];
const office = {
  morning: { days: workdays, at: "08:00", min: 4, max: 12 },
  evening: { days: workdays, at: "20:00", min: 1, max: 4 },
};
const s = "groups.web.scaling";
const p = "roles.web.scaling";
const hours = 3600;

describe("a schedule", () => {
  decides([
    ["is none unless said", "all", role({}), `${s}.schedules`, {}],
    ["begins every day unless told", "all", scheduled({ night: { at: "22:30", min: 1, max: 2 } }), `${s}.schedules.night.days`, weekdays],
    ["begins at a minute of the day", "all", scheduled(office), `${s}.schedules.evening.minute`, 20 * 60],
    ["[FA-COST-03] has bounds of its own", "all", scheduled(office), `${s}.schedules.evening.max`, 4],
    ["goes nowhere at once unless told", "all", scheduled(office), `${s}.schedules.morning.desired`, null],
    [
      "has its days in the order of the week",
      "all",
      scheduled({ night: { days: ["sat", "mon", "sat"], at: "22:00", min: 1, max: 2 } }),
      `${s}.schedules.night.days`,
      ["mon", "sat"],
    ],
    [
      "holds until the next one begins, over the weekend too",
      "all",
      scheduled(office),
      `${s}.schedules.evening.spans`,
      [
        { days: ["mon", "tue", "wed", "thu"], seconds: 12 * hours },
        { days: ["fri"], seconds: 60 * hours },
      ],
    ],
    ["leaves the bounds where they move by the hour", "aws", scheduled(office), "groups.web.count", { min: 2, desired: 2, max: 6 }],
    ["leaves the bounds where they move by the hour", "azure", scheduled(office), "groups.web.count", { min: 2, desired: 2, max: 6 }],
    ["lies over the least of them where it only lifts", "gcp", scheduled(office), "groups.web.count", { min: 1, desired: 2, max: 12 }],
    [
      "moves what is desired into the bounds where it only lifts",
      "gcp",
      scheduled({ on: { at: "08:00", min: 4, max: 9 }, off: { at: "20:00", min: 3, max: 9 } }),
      "groups.web.count",
      { min: 3, desired: 3, max: 9 },
    ],
    ["is in UTC unless told", "aws", scheduled(office), `${s}.schedules.morning.timezone`, "Etc/UTC"],
    ["is in UTC unless told", "azure", scheduled(office), `${s}.schedules.morning.timezone`, "UTC"],
    ...(
      [
        ["aws", "Europe/Berlin"],
        ["azure", "W. Europe Standard Time"],
        ["gcp", "Europe/Berlin"],
      ] as const
    ).map(
      ([cloud, name]) =>
        [
          "is in a time zone by the cloud's name of it",
          cloud,
          scheduled({ night: { at: "22:00", timezone: "Europe/Berlin", min: 1, max: 2 } }),
          `${s}.schedules.night.timezone`,
          name,
        ] as const,
    ),
  ]);
  const same = { on: { at: "08:00", min: 2, max: 9 }, off: { at: "20:00", min: 1, max: 9 } };
  notes([
    ["says that the most stays", "gcp", scheduled(office), `${p}.schedules`, /the most is the largest/],
    ["says nothing where the most is the same anyway", "gcp", scheduled(same), `${p}.schedules`, null],
    ["says nothing where both bounds move", "aws", scheduled(office), `${p}.schedules`, null],
    [
      "says where it goes to no number at once",
      "azure",
      scheduled({ on: { at: "08:00", min: 2, desired: 5, max: 9 } }),
      `${p}.schedules`,
      /only while no figure can be read/,
    ],
  ]);
  const many = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`s${index}`, { at: `${String(index).padStart(2, "0")}:00`, min: 1, max: 2 }]),
  );
  refuses([
    [
      "is at most its most",
      "all",
      scheduled({ on: { at: "08:00", min: 4, max: 2 } }),
      `${p}.schedules.on`,
      /min <= desired <= max, got 4\/4\/2; write min: 4, desired: 4, max: 4/,
    ],
    [
      "wants what lies between",
      "all",
      scheduled({ on: { at: "08:00", min: 1, desired: 5, max: 2 } }),
      `${p}.schedules.on`,
      /got 1\/5\/2; write min: 1, desired: 5, max: 5/,
    ],
    [
      "begins at a moment of its own",
      "all",
      scheduled({ on: { days: ["mon", "tue"], at: "08:00", min: 1, max: 2 }, off: { days: ["tue"], at: "08:00", min: 1, max: 2 } }),
      `${p}.schedules.off.at`,
      /a start of its own, got 08:00 on tue, which is that of on; move one of them, or take tue out/,
    ],
    [
      "is in the time zone of the others",
      "all",
      scheduled({ on: { at: "08:00", min: 1, max: 2 }, off: { at: "20:00", timezone: "Europe/Berlin", min: 1, max: 2 } }),
      `${p}.schedules.off.timezone`,
      /one for all schedules of a role, Etc\/UTC, got "Europe\/Berlin"/,
    ],
    [
      "is in a time zone that the cloud can name",
      "azure",
      scheduled({ on: { at: "08:00", timezone: "Antarctica/Troll", min: 1, max: 2 } }),
      `${p}.schedules.on.timezone`,
      /that azure has a name for, got "Antarctica\/Troll"/,
    ],
    [
      "lasts as long as the cloud has one last",
      "gcp",
      scheduled({ on: { at: "08:00", min: 1, max: 2 }, off: { at: "08:04", min: 1, max: 2 } }),
      `${p}.schedules.on.at`,
      /5 minutes or more before the next start on gcp, got 4/,
    ],
    ["is one of as many as the cloud takes", "azure", scheduled(many), `${p}.schedules`, /at most 19 on azure, got 20/],
    ["stands beside a target", "gcp", scheduled(same, { cpu: "off" }), `${p}.schedules`, /say a target too, such as `cpu: 70`/],
    [
      "fits into its tier at every hour",
      "all",
      {
        network: { tiers: { public: {}, app: { prefix: 28 } }, zones: 1 },
        roles: { web: { count: { min: 1, max: 2 }, scaling: { schedules: { on: { at: "08:00", min: 1, max: 20 } } } } },
      },
      "network.tiers.app",
      /20 hosts/,
    ],
  ]);
  decides([["may stand alone where hours need no target", "aws", scheduled(same, { cpu: "off" }), `${s}.schedules.on.min`, 2]]);
});

describe("a forecast", () => {
  const steps = { out: { above: 80, add: 2 } };
  decides([
    ["is none unless said", "all", role({}), `${s}.predictive`, null],
    ["is none when told", "all", role({ predictive: "off" }), `${s}.predictive`, null],
    [
      "[FA-COST-04] scales by the target",
      "all",
      role({ predictive: "scale" }),
      `${s}.predictive`,
      { mode: "scale", cpu: 70, leadSeconds: 300 },
    ],
    ["may only be looked at", "aws", role({ predictive: "forecast" }), `${s}.predictive.mode`, "forecast"],
    ["goes by the mark of the step that replaced the target", "aws", role({ predictive: "scale", steps }), `${s}.predictive.cpu`, 80],
    ["goes by the target where steps are not offered", "gcp", role({ predictive: "scale", steps }), `${s}.predictive.cpu`, 70],
    [
      "starts as early as an instance needs",
      "aws",
      role({ predictive: "scale", cooldownSeconds: 120 }),
      `${s}.predictive.leadSeconds`,
      120,
    ],
    [
      "starts as early as Azure does at least",
      "azure",
      role({ predictive: "scale", cooldownSeconds: 120 }),
      `${s}.predictive.leadSeconds`,
      300,
    ],
    ["starts an hour early at most", "aws", role({ predictive: "scale", cooldownSeconds: 7200 }), `${s}.predictive.leadSeconds`, 3600],
  ]);
  refuses([
    [
      "is not only looked at on Google Cloud",
      "gcp",
      role({ predictive: "forecast" }),
      `${p}.predictive`,
      /not offered on gcp, got "forecast"; say scale, or off/,
    ],
    [
      "has a figure to go by",
      "all",
      role({ predictive: "scale", cpu: "off", memory: 80 }),
      `${p}.predictive`,
      /got none beside "scale"; say `cpu: 70`/,
    ],
    [
      "has a mark from which more is needed",
      "azure",
      role({ predictive: "scale", steps: { in: { below: 20, forSeconds: 300, add: -1 } } }),
      `${p}.predictive`,
      /figure of the processors/,
    ],
  ]);
});

describe("a rule that asks a balancer", () => {
  const edge = (form: object, extra: object = {}) => ({
    network,
    edge: {
      dns: { zones: { main: { domain: "example.com" } } },
      certificates: { web: { domain: "app.example.com" } },
      balancers: { lb: { pools: { web: {} }, ...form }, ...extra },
    },
    access: { flows: { visitors: { from: ["internet"], to: ["lb"], ports: [443] }, inner: { from: ["lb"], to: ["web"], ports: [8080] } } },
  });
  const application = { certificates: ["web"], listeners: { https: {} } };
  const passing = { form: "network", listeners: { app: { port: 8080, protocol: "tcp" } } };
  const with_ = (form: object, scaling: object) => ({ ...edge(form), roles: { web: { ports: { app: 8080 }, scaling } } });
  decides([
    ["is none unless said", "all", role({}), `${s}.requestsPerMinute`, null],
    ["[FA-SCL-03] counts requests", "all", with_(application, { requestsPerMinute: 12_000 }), `${s}.requestsPerMinute`, 12_000],
    [
      "reaches the step that joins balancers and groups",
      "aws",
      with_(application, { requestsPerMinute: 12_000, latencySeconds: 0.5 }),
      "edge.routes.lb.scaling",
      { web: { pool: "web", requestsPerMinute: 12_000, latencySeconds: 0.5 } },
    ],
    ["[FA-SCL-04] measures answers", "azure", with_(application, { latencySeconds: 0.5 }), `${s}.latencySeconds`, 0.5],
  ]);
  refuses([
    [
      "has one to ask",
      "all",
      role({ requestsPerMinute: 600 }),
      `${p}.requestsPerMinute`,
      /a pool of an application balancer that names web, got none; add `web: \{\}` to the pools/,
    ],
    ["has one to ask", "azure", role({ latencySeconds: 1 }), `${p}.latencySeconds`, /a pool of an application balancer that names web/],
    [
      "asks none that only hands connections on",
      "all",
      with_(passing, { requestsPerMinute: 600 }),
      `${p}.requestsPerMinute`,
      /got one of a network balancer, which reads no requests/,
    ],
    [
      "asks for no answers' time on Google Cloud",
      "gcp",
      with_(application, { latencySeconds: 0.5 }),
      `${p}.latencySeconds`,
      /say requestsPerMinute/,
    ],
    [
      "is one of as many as the cloud takes",
      "azure",
      with_(application, {
        memory: 80,
        requestsPerMinute: 600,
        latencySeconds: 1,
        steps: Object.fromEntries([60, 70, 80, 90, 95].map(above => [`s${above}`, { above, add: 1 }])),
      }),
      p,
      /at most 10 rules on azure, got 11/,
    ],
  ]);
});

describe("the week", () => {
  const start = fc.record({
    days: fc.subarray([...weekdays], { minLength: 1 }),
    minute: fc.integer({ min: 0, max: 24 * 60 - 1 }),
  });
  const starts = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), start, { minKeys: 1 });
  const momentsOf = (all: Readonly<Record<string, Start>>) =>
    Object.values(all).flatMap(({ days, minute }) => days.map(day => weekdays.indexOf(day) * 1440 + minute));

  it("is held by one start after another, whole, each on every one of its days", () => {
    fc.assert(
      fc.property(starts, all => {
        fc.pre(clashesOf(all).length === 0);
        const spans = spansOf(all);
        const held = Object.values(spans).flatMap(list => list.flatMap(({ days, seconds }) => days.map(() => seconds)));
        expect(held.reduce((sum, seconds) => sum + seconds, 0)).toBe(7 * 24 * 3600);
        for (const [name, { days }] of Object.entries(all))
          expect(spans[name]?.flatMap(span => span.days).toSorted()).toEqual(days.toSorted());
      }),
    );
  });

  it("has a clash where two starts share a moment, and nowhere else", () => {
    fc.assert(
      fc.property(starts, all => {
        const moments = momentsOf(all);
        expect(clashesOf(all).length > 0).toBe(new Set(moments).size < moments.length);
      }),
    );
  });

  it.each<[string, readonly Weekday[], string, string]>([
    ["every day", weekdays, "08:05", "5 8 * * *"],
    ["on workdays", ["mon", "tue", "wed", "thu", "fri"], "20:00", "0 20 * * 1,2,3,4,5"],
    ["on a Sunday", ["sun"], "00:00", "0 0 * * 0"],
  ])("is written for cron %s", (_, days, at, written) => expect(cron({ days, minute: minuteOf(at) })).toBe(written));

  it("is told in time zones that Azure lists, by names that the runtime knows", () => {
    const types = readFileSync(new URL("../../node_modules/@pulumi/azure-native/types/input.d.ts", import.meta.url), "utf8");
    const [, listed = ""] = /Some examples of valid time zones are: (Dateline Standard Time[^\n]*)/.exec(types) ?? [];
    expect(Object.values(timezones).filter(name => !listed.split(", ").includes(name))).toEqual([]);
    for (const name of Object.keys(timezones)) expect(() => new Intl.DateTimeFormat("en", { timeZone: name })).not.toThrow();
  });
});
