/** One mistake in the configuration, and the words it is told in. */
import { redact } from '../core/secret.ts';

export interface Problem {
  /** Line of the file, from 1; absent for the environment. */
  readonly line?: number;
  /** Where in the document, e.g. "teams[2].owner", or the variable's name. */
  readonly path?: string;
  /** What was found and what was expected. */
  readonly message: string;
  /** The line's own text, for mistakes in the YAML itself. */
  readonly excerpt?: string;
}

/** A key or index on the way to a value. */
export type Step = string | number;

/** ['teams', 2, 'owner'] → "teams[2].owner". Keys that are no plain word are quoted. */
export function pathText(steps: readonly Step[]): string {
  return steps
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[\p{L}\p{N}_.-]+$/u.test(step)) return `[${JSON.stringify(cut(step))}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

const SHOWN = 60;

function cut(text: string): string {
  const characters = [...text];
  if (characters.length <= SHOWN) return text;
  return `${characters.slice(0, SHOWN).join('')}…`;
}

/** What was found, in words short enough for one line and without secrets. */
export function found(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  const text = String(value);
  const length = [...text].length;
  const quoted = JSON.stringify(cut(redact(text)));
  return length > SHOWN ? `${quoted} (${length.toLocaleString('en-US')} characters)` : quoted;
}

/** "found X, expected Y", with the closest right spelling when there is one. */
export function mismatch(value: unknown, expected: string, closest?: string): string {
  return `found ${found(value)}, expected ${expected}${closest ? ` – did you mean ${JSON.stringify(closest)}?` : ''}`;
}

/** The problem as printed: "pennywatch.yaml:8  teams[0].ownr: unknown key …". */
export function renderProblem(file: string, problem: Problem): string {
  const place = problem.line === undefined ? file : `${file}:${problem.line}`;
  const path = problem.path ? `${problem.path}: ` : '';
  const excerpt =
    problem.excerpt === undefined ? '' : `\n    ${problem.line ?? ''} | ${cut(redact(problem.excerpt))}`;
  return redact(`${place}  ${path}${problem.message}${excerpt}`);
}
