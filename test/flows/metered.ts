/** Metered usage for tests: a million uncached input tokens of gpt-4o of team search, changed where a test needs it. */
import type { MeteredUsage } from '../../src/sources/types.ts';

export function metered(changes: Partial<MeteredUsage> = {}): MeteredUsage {
  return {
    day: '2026-11-20',
    provider: 'OpenAI',
    service: 'OpenAI API',
    model: 'gpt-4o',
    meter: 'uncached_input_tokens',
    tier: 'standard',
    tags: { team: 'search' },
    quantity: 1_000_000n,
    ...changes,
  };
}
