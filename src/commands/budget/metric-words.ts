/** What people write for the usage that a budget counts: "tokens", "input tokens", "GPU hours". */
import type { BudgetMetric } from '../../core/budget.ts';
import type { Token } from '../tokens.ts';

const WORDS: Readonly<Record<string, BudgetMetric>> = {
  token: 'tokens',
  tokens: 'tokens',
  tok: 'tokens',
  'input token': 'input_tokens',
  'input tokens': 'input_tokens',
  'output token': 'output_tokens',
  'output tokens': 'output_tokens',
  'cached token': 'cached_tokens',
  'cached tokens': 'cached_tokens',
  request: 'requests',
  requests: 'requests',
  call: 'requests',
  calls: 'requests',
  'gpu hour': 'gpu_hours',
  'gpu hours': 'gpu_hours',
};
const SINGLE = new Set(Object.keys(WORDS).flatMap((words) => words.split(' ')));

/** The metric at the end of the words, and the words before it. */
export function takeMetric(tokens: readonly Token[]): { metric?: BudgetMetric; rest: Token[] } {
  for (const length of [2, 1]) {
    const words = tokens.slice(-length);
    if (words.length < length || words.some(({ quoted }) => quoted)) continue;
    const metric = WORDS[fold(words.map(({ text }) => text).join(' '))];
    if (metric) return { metric, rest: tokens.slice(0, -length) };
  }
  return { rest: [...tokens] };
}

/** Whether a word is a part of what names a metric. */
export function isMetricWord(text: string): boolean {
  return fold(text)
    .split(' ')
    .every((word) => SINGLE.has(word));
}

/** "gpu_hours", "GPU-hours" and "gpu hours" are one. */
function fold(text: string): string {
  return text.toLowerCase().replace(/[-_\s]+/g, ' ');
}
