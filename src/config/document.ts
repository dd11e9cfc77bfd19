/** YAML text → plain data whose scalars are all text, with the line of every value. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, Parser, parseDocument } from 'yaml';
import { yamlProblem } from './malformed.ts';
import { type Problem, pathText, type Step } from './problem.ts';

export interface YamlDocument {
  /** Mappings, lists and text, exactly as written; undefined where nothing is written. */
  readonly data: unknown;
  readonly problems: readonly Problem[];
  /** Line of a value, or of the nearest thing around it. */
  lineOf(path: readonly Step[]): number | undefined;
}

/** Far more than a person writes; less than harms. */
const MAX_VALUES = 200_000;
const MAX_DEPTH = 40;
const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);

/** Parses one YAML document. Mistakes come back as problems; nothing throws. */
export function parseYaml(text: string): YamlDocument {
  const lines = new LineCounter();
  const deep = tooDeep(text);
  if (deep !== undefined) {
    const line = text.slice(0, deep).split('\n').length;
    return broken([{ line, message: `found more than ${MAX_DEPTH} levels of nesting, expected at most 7` }]);
  }
  // The failsafe schema keeps every scalar as its own text: 15000.10, 2025-08-01 and 0012 stay exact.
  const document = parseDocument(text, {
    schema: 'failsafe',
    prettyErrors: false,
    lineCounter: lines,
    logLevel: 'error',
  });
  const mistakes = [...document.errors, ...document.warnings];
  if (mistakes.length > 0) return broken(mistakes.map((mistake) => yamlProblem(mistake, text, lines)));

  const positions = new Map<string, number>();
  const problems: Problem[] = [];
  const anchors = new Map<string, Node>();
  let values = 0;

  function toData(node: Node | null, path: readonly Step[], open: readonly Node[]): unknown {
    if (values++ > MAX_VALUES) return undefined;
    if (node === null) return undefined;
    if (isAlias(node)) return followAlias(node.source, node, path, open);
    if (!isScalar(node) && node.anchor) anchors.set(node.anchor, node);
    if (isScalar(node)) {
      if (node.anchor) anchors.set(node.anchor, node);
      const value = String(node.value ?? '');
      return node.type === 'PLAIN' && NULLS.has(value) ? undefined : value;
    }
    const inside = [...open, node];
    if (isSeq<Node>(node))
      return node.items.map((item, index) => {
        mark([...path, index], item);
        return toData(item, [...path, index], inside);
      });
    if (!isMap<Node, Node | null>(node)) return undefined;
    const entries: Record<string, unknown> = Object.create(null);
    for (const { key, value } of node.items) {
      if (!isScalar(key) || key.value === '__proto__') {
        problems.push({
          line: lineAt(key),
          path: pathText(path),
          message: 'found a key that is no plain text, expected text before the ":"',
        });
        continue;
      }
      const step = String(key.value ?? '').trim();
      mark([...path, step], key);
      entries[step] = toData(value, [...path, step], inside);
    }
    return entries;
  }

  function followAlias(name: string, node: Node, path: readonly Step[], open: readonly Node[]): unknown {
    const target = anchors.get(name);
    if (target && !open.includes(target)) return toData(target, path, open);
    const message = target
      ? `found *${name} inside the value it stands for, expected a value that does not contain itself`
      : `found *${name}, which YAML reads as a reference to &${name}, and there is none. Put text that starts with * in quotes: "*${name}"`;
    problems.push({ line: lineAt(node), path: pathText(path), message });
    return undefined;
  }

  function lineAt(node: Node): number {
    return lines.linePos(node.range?.[0] ?? 0).line;
  }

  function mark(path: readonly Step[], node: Node | null): void {
    if (node) positions.set(JSON.stringify(path), lineAt(node));
  }

  const data = toData(document.contents as Node | null, [], []);
  if (values > MAX_VALUES)
    return broken([
      {
        message: `found references (*name) that unfold to more than ${MAX_VALUES.toLocaleString('en-US')} values, expected the settings written out`,
      },
    ]);
  return {
    data: data ?? {},
    problems,
    lineOf(path) {
      for (let length = path.length; length > 0; length--) {
        const line = positions.get(JSON.stringify(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return undefined;
    },
  };
}

function broken(problems: readonly Problem[]): YamlDocument {
  return { data: undefined, problems, lineOf: () => undefined };
}

interface Token {
  readonly offset?: number;
  readonly key?: unknown;
  readonly value?: unknown;
  readonly items?: readonly Token[];
}

/** Offset of the first value nested too deeply. Walks without recursion, because the composer recurses. */
function tooDeep(text: string): number | undefined {
  const waiting: { token: Token; depth: number }[] = [];
  for (const token of new Parser().parse(text)) waiting.push({ token: token as Token, depth: 0 });
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { token, depth } = next;
    // Each collection is a token and an item: two steps per level.
    if (depth > 2 * MAX_DEPTH) return token.offset ?? 0;
    for (const child of [token.key, token.value, ...(token.items ?? [])])
      if (child && typeof child === 'object') waiting.push({ token: child as Token, depth: depth + 1 });
  }
  return undefined;
}
