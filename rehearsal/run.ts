/** What came of one run of the engine, read from its events. */
import { CommandError, type EngineEvent } from "@pulumi/pulumi/automation/index.js";

/** One thing that the engine did to one resource, or would do. */
export interface Step {
  /** The engine's word: create, update, replace, create-replacement, delete-replaced, delete, same, refresh, read, … */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** Properties that differ, and those of them that replace. */
  readonly diffs: readonly string[];
  readonly because: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly failed: boolean;
}

export interface Run {
  /** What the engine and the program complained of; null when the run succeeded. */
  readonly problem: string | null;
  /** Resources by operation: the engine's own summary. */
  readonly operations: Readonly<Record<string, number>>;
  readonly steps: readonly Step[];
  readonly events: readonly EngineEvent[];
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

type Metadata = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];

const step = ({ op, urn, type, keys, diffs, old, new: after }: Metadata, failed: boolean): Step => ({
  op,
  urn,
  type,
  name: urn.split("::").slice(3).join("::"),
  custom: (after ?? old)?.custom === true,
  diffs: diffs ?? [],
  because: keys ?? [],
  inputs: (after ?? old)?.inputs ?? {},
  failed,
});

/** Null for an event that is about no resource. */
export function stepOf({ resourcePreEvent, resOpFailedEvent }: EngineEvent): Step | null {
  if (resourcePreEvent !== undefined) return step(resourcePreEvent.metadata, false);
  return resOpFailedEvent === undefined ? null : step(resOpFailedEvent.metadata, true);
}

const complaint = ({ diagnosticEvent }: EngineEvent): readonly string[] =>
  diagnosticEvent?.severity === "error" ? [diagnosticEvent.message.trim()] : [];

export async function runOf(
  events: readonly EngineEvent[],
  act: () => Promise<{ readonly stdout: string; readonly stderr: string }>,
): Promise<Run> {
  const begin = performance.now();
  let [stdout, stderr, failure] = ["", "", ""];
  try {
    ({ stdout, stderr } = await act());
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    failure = error instanceof CommandError ? error.message : (error.stack ?? error.message);
  }
  const complaints = [...new Set(events.flatMap(complaint))];
  return {
    problem: failure === "" ? null : complaints.length > 0 ? complaints.join("\n") : failure,
    operations: { ...events.map(({ summaryEvent }) => summaryEvent?.resourceChanges).find(found => found !== undefined) },
    steps: events.map(stepOf).filter(found => found !== null),
    events,
    stdout,
    stderr: failure === "" ? stderr : failure,
    seconds: (performance.now() - begin) / 1000,
  };
}
