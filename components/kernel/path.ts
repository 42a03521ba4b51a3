/** Paths into a platform, as a person reads them: `roles.api.count.min`, `access.flows.web.to[1]`, `tags["cost centre"]`. */
export type Path = readonly PropertyKey[];

const plain = /^[A-Za-z0-9_$-]+$/;

export function pathText(path: Path): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else if (typeof key === "string" && !plain.test(key)) text += `[${JSON.stringify(key)}]`;
    else text += text === "" ? String(key) : `.${String(key)}`;
  }
  return text;
}

/** The keys of a path that `pathText` wrote. */
export const keysOf = (text: string): readonly string[] =>
  [...text.matchAll(/\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, word]) =>
    quoted === undefined ? (index ?? word ?? "") : String(JSON.parse(quoted)),
  );
