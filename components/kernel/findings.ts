import type { Cloud } from "./cloud.ts";
import type { Support } from "./limits.ts";

/** Something a person should know about a choice; shown by the plan, kept out of state. */
export interface Note {
  readonly path: string;
  readonly text: string;
}

/** Something that stops the plan. `got` is the value as the person wrote it; never a secret. */
export interface Issue {
  readonly path: string;
  readonly problem: string;
  readonly remedy: string;
}

/** Gathers notes and issues while a platform is being decided; the only mutable thing in a resolve. */
export class Findings {
  readonly notes: Note[] = [];
  readonly issues: Issue[] = [];
  readonly cloud: Cloud;

  constructor(cloud: Cloud) {
    this.cloud = cloud;
  }

  /** Says it once: what two places share is judged for each of them. */
  note(path: string, text: string): void {
    if (!this.notes.some(note => note.path === path && note.text === text)) this.notes.push({ path, text });
  }

  /** `problem` says what was expected and what was got; `remedy` proposes a value that would pass. */
  refuse(path: string, problem: string, remedy: string): void {
    if (!this.issues.some(issue => issue.path === path && issue.problem === problem)) this.issues.push({ path, problem, remedy });
  }

  /** Says what the cloud makes of an argument that was used (`got`, where it may be refused); answers whether the argument still counts. */
  use(path: string, support: Support, got?: string | boolean): boolean {
    if (support.is === "approximate") this.note(path, `on ${this.cloud}: ${support.how}`);
    if (support.is === "absent")
      this.refuse(path, `not offered on ${this.cloud}${got === undefined ? "" : `, got ${JSON.stringify(got)}`}`, support.instead);
    return support.is === "native";
  }
}
