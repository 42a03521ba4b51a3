/** YAML as plain data, with the place of every key; every fault is an issue at its line and column. */
import { type Document, isAlias, isCollection, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, type YAMLError } from "yaml";
import type { Issue } from "../components/kernel/findings.ts";

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Yaml {
  readonly content: unknown;
  /** Where a key stands; of a key that is missing, where the map stands that should hold it. */
  readonly place: (keys: readonly string[]) => Place | null;
  readonly issues: readonly Issue[];
}

/** Uses of anchors beyond this are taken for an attempt to fill memory. */
const maxAliasCount = 100;
const mostIssues = 20;

const remedies: Readonly<Partial<Record<YAMLError["code"], string>>> = {
  DUPLICATE_KEY: "keep one of the two",
  TAB_AS_INDENT: "indent with spaces",
  MULTIPLE_DOCS: "keep one document: one file describes one system",
  BAD_INDENT: "line it up with its neighbours",
  MISSING_CHAR: "close what was opened, or put a colon after the key",
  BLOCK_AS_IMPLICIT_KEY: "put the value in quotes if it holds a colon",
  BAD_SCALAR_START: "put the value in quotes",
  TAG_RESOLVE_FAILED: "leave the tag out",
  BAD_DIRECTIVE: "leave the directive out",
  RESOURCE_EXHAUSTION: "nest less deeply",
};

const named = (key: unknown): string => (isScalar(key) ? String(key.value) : "");

/** Offset in the text of the deepest of these keys that exists. */
function offset(document: Document, keys: readonly string[]): number | null {
  let node: unknown = document.contents;
  let found = isNode(node) ? (node.range?.[0] ?? null) : null;
  for (const key of keys) {
    if (isAlias(node)) node = node.resolve(document);
    if (!isCollection(node)) return found;
    const item: unknown = isSeq(node) ? node.items[Number(key)] : node.items.find(pair => isPair(pair) && named(pair.key) === key);
    const place = isPair(item) ? item.key : item;
    if (!isNode(place)) return found;
    found = place.range?.[0] ?? found;
    node = isPair(item) ? item.value : item;
  }
  return found;
}

function contentOf(document: Document): { readonly content: unknown; readonly fault: string | null } {
  try {
    const content: unknown = document.toJS({ maxAliasCount });
    JSON.stringify(content); // an alias of its own container has no end
    return { content, fault: null };
  } catch (error) {
    return {
      content: null,
      fault:
        error instanceof TypeError ? "an alias stands for the map that holds it" : error instanceof Error ? error.message : "unreadable",
    };
  }
}

export function readYaml(path: string, text: string): Yaml {
  const lines = new LineCounter();
  // Below "error" the library would say nothing of further documents.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const at = (position: number): Place => {
    const { line, col } = lines.linePos(position);
    return { line, column: col };
  };
  const place = (keys: readonly string[]): Place | null => {
    const position = offset(document, keys);
    return position === null ? null : at(position);
  };
  const faults = [...document.errors, ...document.warnings];
  const issues = faults.slice(0, mostIssues).map(({ code, message, pos: [start] }): Issue => {
    const { line, column } = at(start);
    return { path: `${path}:${line}:${column}`, problem: message.replaceAll("\n", " "), remedy: remedies[code] ?? "correct the YAML here" };
  });
  if (faults.length > mostIssues)
    issues.push({ path, problem: `${faults.length - mostIssues} further faults`, remedy: "correct the first ones and try again" });
  if (faults.length > 0) return { content: null, place, issues };
  const { content, fault } = contentOf(document);
  return fault === null
    ? { content, place, issues }
    : { content, place, issues: [{ path, problem: fault, remedy: "write the values out, without anchors" }] };
}
