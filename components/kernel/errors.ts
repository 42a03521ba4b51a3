import * as pulumi from "@pulumi/pulumi";
import type { Issue } from "./findings.ts";

/** `path: problem; remedy`, one line an issue. */
export const issueLine = ({ path, problem, remedy }: Issue): string => `${path}: ${problem}; ${remedy}`;

/** Everything wrong with what a person asked for, in one error. The Pulumi host prints it without a stack. */
export class ConfigError extends pulumi.RunError {
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super(
      [
        `${issues.length} ${issues.length === 1 ? "issue" : "issues"} in the configuration; nothing was registered`,
        ...issues.map(issueLine),
      ].join("\n"),
    );
    this.issues = issues;
  }
}
