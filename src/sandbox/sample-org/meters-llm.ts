/** Token meters of the LLM vendors, USD per million tokens. */
import type { Meter } from './meter.ts';

const TOKENS = {
  category: 'AI and Machine Learning',
  subcategory: 'Generative AI',
  unit: '1000000 Tokens',
  consumed: { unit: 'Tokens', perUnit: 1_000_000 },
  resource: 'none',
} as const;
const OPENAI = { source: 'openai', service: 'OpenAI API', ...TOKENS } as const;
const ANTHROPIC = { source: 'anthropic', service: 'Claude API', ...TOKENS } as const;

export const LLM_METERS = {
  'gpt-4.1:in': { ...OPENAI, item: 'gpt-4.1-2025-04-14, input', price: '2' },
  'gpt-4.1:cached': { ...OPENAI, item: 'gpt-4.1-2025-04-14, cached input', price: '0.5' },
  'gpt-4.1:out': { ...OPENAI, item: 'gpt-4.1-2025-04-14, output', price: '8' },
  'gpt-4.1-mini:in': { ...OPENAI, item: 'gpt-4.1-mini-2025-04-14, input', price: '0.4' },
  'gpt-4.1-mini:cached': { ...OPENAI, item: 'gpt-4.1-mini-2025-04-14, cached input', price: '0.1' },
  'gpt-4.1-mini:out': { ...OPENAI, item: 'gpt-4.1-mini-2025-04-14, output', price: '1.6' },
  'embedding-3-large:in': { ...OPENAI, item: 'text-embedding-3-large, input', price: '0.13' },
  'claude-sonnet:in': { ...ANTHROPIC, item: 'claude-sonnet-4-5, input', price: '3' },
  'claude-sonnet:cached': { ...ANTHROPIC, item: 'claude-sonnet-4-5, cache read', price: '0.3' },
  'claude-sonnet:out': { ...ANTHROPIC, item: 'claude-sonnet-4-5, output', price: '15' },
  'claude-haiku:in': { ...ANTHROPIC, item: 'claude-haiku-4-5, input', price: '1' },
  'claude-haiku:out': { ...ANTHROPIC, item: 'claude-haiku-4-5, output', price: '5' },
} as const satisfies Record<string, Meter>;
