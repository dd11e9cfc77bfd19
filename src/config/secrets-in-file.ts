/** Finds secrets that were written into pennywatch.yaml. */

import { secretKind } from '../core/secret.ts';
import type { Problem, Step } from './problem.ts';
import type { Finding } from './shape.ts';

/** In the document's values and keys, with their paths. */
export function secretsInValues(value: unknown, path: readonly Step[] = []): Finding[] {
  if (typeof value === 'string') return finding(value, path);
  if (Array.isArray(value)) return value.flatMap((item, index) => secretsInValues(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    ...finding(key, [...path, key]),
    ...secretsInValues(item, [...path, key]),
  ]);
}

/** In the raw text, so that comments and text that is not YAML are covered too. */
export function secretsInLines(text: string): Problem[] {
  return text.split('\n').flatMap((line, index) => {
    const kind = secretKind(line);
    return kind ? [{ line: index + 1, message: advice(kind) }] : [];
  });
}

function finding(text: string, path: readonly Step[]): Finding[] {
  const kind = secretKind(text);
  return kind ? [{ path, message: advice(kind) }] : [];
}

function advice(kind: string): string {
  return `found ${kind}, expected no secrets in this file. Put it in the environment (for example SLACK_BOT_TOKEN), delete it here, and revoke it if the file was shared`;
}
