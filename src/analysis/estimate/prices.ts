/**
 * List prices of language models' tokens: data, per million tokens, standard tier. Only what the vendors publish and
 * stays put; other models are told to the reader as having no price, and `prices:` in pennywatch.yaml adds them.
 * Sources: https://platform.openai.com/docs/pricing and https://docs.claude.com/en/docs/about-claude/pricing
 */
import type { TokenPrice } from '../../core/settings.ts';

/** [models, from, input, cached input, output]; "" where the vendor has no such price. */
type OpenAiRow = readonly [
  models: readonly string[],
  from: string,
  input: string,
  cached: string,
  output: string,
];

/** Snapshots of a model carry a date: "gpt-4o" also stands for "gpt-4o-2024-08-06". */
const OPENAI: readonly OpenAiRow[] = [
  [['gpt-5.1', 'gpt-5.1-20??-*', 'gpt-5.1-chat-latest'], '2025-11-13', '1.25', '0.125', '10'],
  [['gpt-5', 'gpt-5-20??-*', 'gpt-5-chat-latest', 'gpt-5-codex'], '2025-08-07', '1.25', '0.125', '10'],
  [['gpt-5-mini', 'gpt-5-mini-20??-*'], '2025-08-07', '0.25', '0.025', '2'],
  [['gpt-5-nano', 'gpt-5-nano-20??-*'], '2025-08-07', '0.05', '0.005', '0.4'],
  [['gpt-4.1', 'gpt-4.1-20??-*'], '2025-04-14', '2', '0.5', '8'],
  [['gpt-4.1-mini', 'gpt-4.1-mini-20??-*'], '2025-04-14', '0.4', '0.1', '1.6'],
  [['gpt-4.1-nano', 'gpt-4.1-nano-20??-*'], '2025-04-14', '0.1', '0.025', '0.4'],
  [['gpt-4o-2024-05-13'], '2024-05-13', '5', '', '15'],
  [['gpt-4o', 'gpt-4o-20??-*'], '2024-10-02', '2.5', '1.25', '10'],
  [['gpt-4o-mini', 'gpt-4o-mini-20??-*'], '2024-10-01', '0.15', '0.075', '0.6'],
  [['o1', 'o1-20??-*'], '2024-12-17', '15', '7.5', '60'],
  [['o3', 'o3-20??-*'], '2025-04-16', '10', '2.5', '40'],
  [['o3', 'o3-20??-*'], '2025-06-10', '2', '0.5', '8'],
  [['o3-mini', 'o3-mini-20??-*'], '2025-01-31', '1.1', '0.55', '4.4'],
  [['o4-mini', 'o4-mini-20??-*'], '2025-04-16', '1.1', '0.275', '4.4'],
  [['gpt-4-turbo', 'gpt-4-turbo-20??-*'], '2024-04-09', '10', '', '30'],
  [['gpt-4', 'gpt-4-0613'], '2023-06-13', '30', '', '60'],
  [['gpt-3.5-turbo', 'gpt-3.5-turbo-0125'], '2024-01-25', '0.5', '', '1.5'],
  [['text-embedding-3-small'], '2024-01-25', '0.02', '', ''],
  [['text-embedding-3-large'], '2024-01-25', '0.13', '', ''],
  [['text-embedding-ada-002', 'text-embedding-ada-002-v2'], '2023-06-13', '0.1', '', ''],
];

/** [models, from, input, cache read, cache write (5 minutes), cache write (1 hour), output] */
type AnthropicRow = readonly [
  models: readonly string[],
  from: string,
  input: string,
  cached: string,
  write: string,
  write1h: string,
  output: string,
];

/** Prompts within the standard context window; longer ones cost more with some models. */
const ANTHROPIC: readonly AnthropicRow[] = [
  [
    ['claude-opus-4-5*', 'claude-opus-4-6*', 'claude-opus-4-7*'],
    '2025-11-24',
    '5',
    '0.5',
    '6.25',
    '10',
    '25',
  ],
  [['claude-opus-4', 'claude-opus-4-0', 'claude-opus-4-20*'], '2025-05-22', '15', '1.5', '18.75', '30', '75'],
  [['claude-opus-4-1*'], '2025-08-05', '15', '1.5', '18.75', '30', '75'],
  [['claude-3-opus-*'], '2024-03-04', '15', '1.5', '18.75', '30', '75'],
  [['claude-sonnet-4-5*', 'claude-sonnet-4-6*'], '2025-09-29', '3', '0.3', '3.75', '6', '15'],
  [
    ['claude-sonnet-4', 'claude-sonnet-4-0', 'claude-sonnet-4-20*'],
    '2025-05-22',
    '3',
    '0.3',
    '3.75',
    '6',
    '15',
  ],
  [['claude-3-7-sonnet-*', 'claude-3-5-sonnet-*'], '2024-06-20', '3', '0.3', '3.75', '6', '15'],
  [['claude-haiku-4-5*'], '2025-10-15', '1', '0.1', '1.25', '2', '5'],
  [['claude-3-5-haiku-*'], '2024-12-05', '0.8', '0.08', '1', '1.6', '4'],
  [['claude-3-haiku-*'], '2024-03-13', '0.25', '0.03', '0.3', '0.5', '1.25'],
];

/** Both vendors take half for batches, of cached tokens too. */
const BATCH = '0.5';

export const PRICES: readonly TokenPrice[] = [
  ...OPENAI.flatMap(([models, from, input, cachedInput, output]) =>
    models.map((model) => ({
      provider: 'OpenAI',
      model,
      currency: 'USD',
      from,
      input,
      ...(cachedInput && { cachedInput }),
      ...(output && { output }),
      batchFactor: BATCH,
    })),
  ),
  ...ANTHROPIC.flatMap(([models, from, input, cachedInput, cacheWrite, cacheWrite1h, output]) =>
    models.map((model) => ({
      provider: 'Anthropic',
      model,
      currency: 'USD',
      from,
      input,
      cachedInput,
      cacheWrite,
      cacheWrite1h,
      output,
      batchFactor: BATCH,
    })),
  ),
];
