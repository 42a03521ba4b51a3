/** What a run of tests says of a fault: seen by a test that says what is wrong, or not. A run that merely breaks has seen nothing. */
import { z } from "zod";

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() })),
    }),
  ),
});

export interface Failure {
  readonly test: string;
  /** The first line of what it said. */
  readonly said: string;
  /** An assertion, a test's own message, or a fault of the plan: not a crash, nor a run out of time. */
  readonly tells: boolean;
}

const tells = (message: string): boolean =>
  /^(AssertionError|PlanFault|ConfigError|Error)\b/.test(message) && !/^Error: (Test|Hook) timed out/.test(message);

/** Every failure of a run, told first those that say what is wrong. */
export function failuresOf(report: unknown): readonly Failure[] {
  const { testResults } = Report.parse(report);
  const all = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter(test => test.status === "failed");
    if (failed.length === 0) return status === "failed" ? [{ test: name, said: line(message), tells: false }] : [];
    return failed.map(({ fullName, failureMessages }) => {
      const said = failureMessages?.[0] ?? "";
      return { test: fullName, said: line(said), tells: tells(said) };
    });
  });
  return [...all.filter(failure => failure.tells), ...all.filter(failure => !failure.tells)];
}

const line = (text: string): string => text.split("\n", 1)[0]?.slice(0, 160) ?? "";
