/** The rehearsal: real engine, simulated clouds. Bounds are for a machine with two cores; each measurement has a process of its own. */
import { z } from "zod";
import type { Cloud } from "../components/kernel/cloud.ts";
import { type Engine, findEngine } from "../rehearsal/engine.ts";
import { type Figures, type Row, seconds } from "./rows.ts";
import { median, run } from "./run.ts";

/** By resources planned, in production. */
const largest = "freeagentics";

const Life = z.object({ resources: z.number(), up: z.number(), again: z.number(), enginePeakMiB: z.number().nullable() });

/** Deploys from nothing, then again without a change. */
function lifeOn(cloud: Cloud, times: number): Figures {
  const rounds = Array.from({ length: times }, () => {
    const { output, peakMiB } = run(["bench/life.ts", largest, cloud]);
    return { ...Life.parse(JSON.parse(output)), peakMiB };
  });
  const slowest = (pick: (round: (typeof rounds)[number]) => number): number => Math.max(...rounds.map(pick));
  const what = `${largest} on ${cloud}, ${rounds[0]?.resources} resources`;
  const detail = `slowest of ${times}`;
  const rows: readonly Row[] = [
    { what: `${what}: up`, figure: slowest(({ up }) => up), limit: 30, unit: "s", detail },
    { what: `${what}: up without a change`, figure: slowest(({ again }) => again), limit: 10, unit: "s", detail },
  ];
  const [program, engine] = [slowest(({ peakMiB }) => peakMiB), slowest(({ enginePeakMiB }) => enginePeakMiB ?? Number.NaN)];
  if (Number.isNaN(engine)) return { rows, unmeasured: [`memory of the engine on ${cloud}: this system does not tell it in /proc`] };
  const memory: Row = {
    what: `${what}: peak memory of program, clouds and engine`,
    figure: program + engine,
    limit: 1536,
    unit: "MiB",
    detail: `${program.toFixed(0)} + ${engine.toFixed(0)}, peaks added`,
  };
  return { rows: [...rows, memory], unmeasured: [] };
}

const Beginnings = z.array(z.object({ own: z.number(), empty: z.number() }));

function beginningOn(cloud: Cloud): Row {
  const rounds = Beginnings.parse(JSON.parse(run(["bench/begin.ts", largest, cloud]).output));
  const [own, empty] = [median(rounds.map(round => round.own)), median(rounds.map(round => round.empty))];
  return {
    what: `time to the first resource of ${largest} on ${cloud}, against a program that only loads the SDK`,
    figure: own / empty,
    limit: 1.3,
    unit: "x",
    detail: `${seconds(own)} / ${seconds(empty)}`,
  };
}

const Traced = z.object({ with: z.number(), without: z.number() });
const Preview = z.object({ seconds: z.number() });

function traceRow(how: string, than: string, rounds: readonly z.output<typeof Traced>[]): Row {
  const [slow, fast] = [median(rounds.map(round => round.with)), median(rounds.map(({ without }) => without))];
  const detail = `${seconds(fast)} / ${seconds(slow)}`;
  return { what: `${how} of 50 resources, against the same with ${than}`, figure: fast / slow, limit: 0.75, unit: "x", detail };
}

/**
 * What it costs that the SDK keeps a stack and a wrapper for every promise, and tells the engine its debug lines.
 * By turns, so that whatever else the machine does meets both.
 */
function inlineTraces(times: number): Row {
  const preview = (how: "with" | "without"): number => Preview.parse(JSON.parse(run(["bench/traces.ts", how]).output)).seconds;
  return traceRow(
    "inline preview",
    "stack traces, wrapped promises and debug lines",
    Array.from({ length: times }, () => ({ with: preview("with"), without: preview("without") })),
  );
}

function stockTraces({ host }: Engine): Figures {
  if (!host) return { rows: [], unmeasured: ["stock pulumi preview: no Node language host on PATH"] };
  const rounds = z.array(Traced).parse(JSON.parse(run(["bench/stock.ts"]).output));
  return { rows: [traceRow("stock preview", "stack traces", rounds)], unmeasured: [] };
}

/** Slope of the line through the logarithms, by least squares. */
function exponent(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([size, value]) => [Math.log(size), Math.log(value)] as const);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(logs.map(([one]) => one)), mean(logs.map(([, one]) => one))];
  const sum = (of: (one: number, other: number) => number): number =>
    logs.reduce((total, [one, other]) => total + of(one - x, other - y), 0);
  return sum((one, other) => one * other) / sum(one => one * one);
}

const Growth = z.array(z.tuple([z.number(), z.number()]));

function growth(): Row {
  const points = Growth.parse(JSON.parse(run(["bench/growth.ts"]).output));
  return {
    what: "preview without a change, 250 to 2000 resources",
    figure: exponent(points),
    limit: 1.15,
    unit: "n^",
    detail: points.map(([size, value]) => `${size}: ${value.toFixed(1)} s`).join(", "),
  };
}

const none = (engine: { readonly missing: string }): Figures => ({ rows: [], unmeasured: [`the rehearsal: ${engine.missing}`] });

const allWith = (engine: Engine): readonly Figures[] => [
  lifeOn("azure", 5),
  lifeOn("aws", 3),
  { rows: [beginningOn("aws"), beginningOn("azure"), beginningOn("gcp"), inlineTraces(5), growth()], unmeasured: [] },
  stockTraces(engine),
];

/** Without an engine nothing is measured, which is said and is no failure. */
export async function rehearsalFigures(): Promise<Figures> {
  const engine = await findEngine();
  const parts = "missing" in engine ? [none(engine)] : allWith(engine);
  return { rows: parts.flatMap(({ rows }) => rows), unmeasured: parts.flatMap(({ unmeasured }) => unmeasured) };
}
