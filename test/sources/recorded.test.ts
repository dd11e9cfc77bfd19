/** Answers that others recorded or documented, through our schemas; skipped where that folder is absent. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { toCharge as anthropicCharge } from '../../src/sources/anthropic/map.ts';
import { CostPage as AnthropicCosts, UsagePage } from '../../src/sources/anthropic/schema.ts';
import { readPage } from '../../src/sources/azure-cost-management/schema.ts';
import { CallsPage, CompletionsPage, CostPage, EmbeddingsPage } from '../../src/sources/openai/schema.ts';

const PAYLOADS = fileURLToPath(new URL('../../../shared/data/payloads/', import.meta.url));
const read = (name: string): unknown => JSON.parse(readFileSync(`${PAYLOADS}${name}`, 'utf8'));

describe.skipIf(!existsSync(PAYLOADS))('payloads of shared/data/payloads', () => {
  it('OpenAI: dollars, currency in lower case, nothing named', () => {
    const { days, hasMore } = CostPage.parse(read('openai/organization_costs.response.json'));
    expect(days).toMatchObject([{ day: '2024-11-01', rows: [{ amount: '0.06', currency: 'USD' }] }]);
    expect(hasMore).toBe(false);
  });

  it('OpenAI: input tokens include what came from the cache and went to it', () => {
    const { days, nextPage } = CompletionsPage.parse(
      read('openai/organization_usage_completions.response.json'),
    );
    expect(days[0]?.rows[0]?.meters).toEqual({
      requests: 5n,
      uncached_input_tokens: 500n,
      cached_input_tokens: 400n,
      cache_write_tokens: 100n,
      output_tokens: 500n,
    });
    expect(nextPage).toMatch(/^page_/);
  });

  it.each([
    ['embeddings', EmbeddingsPage],
    ['images', CallsPage],
    ['moderations', CallsPage],
    ['audio_speeches', CallsPage],
    ['audio_transcriptions', CallsPage],
  ])('OpenAI: usage of %s', (kind, page) => {
    const { days } = page.parse(read(`openai/organization_usage_${kind}.response.json`));
    expect(days[0]?.rows[0]?.meters.requests).toBeGreaterThan(0n);
  });

  it('Anthropic: "123.78912" is cents', () => {
    const { days } = AnthropicCosts.parse(read('anthropic/cost_report.docs.json'));
    const [cost] = days[0]?.rows ?? [];
    if (!cost) throw new Error('no cost');
    const charge = anthropicCharge('2025-08-01', cost, { names: new Map(), organization: 'x' });
    expect(charge).toMatchObject({ BilledCost: '1.2378912', BillingCurrency: 'USD' });
  });

  it('Anthropic: kinds of tokens do not overlap', () => {
    const { days } = UsagePage.parse(read('anthropic/usage_report_messages.docs.json'));
    expect(days[0]?.rows[0]?.meters).toEqual({
      uncached_input_tokens: 1500n,
      cached_input_tokens: 200n,
      cache_write_tokens: 500n,
      cache_write_1h_tokens: 1000n,
      output_tokens: 500n,
    });
  });

  it('Azure: days are numbers, rows go by their columns; without days nothing is taken', () => {
    const group = [{ type: 'Dimension', name: 'ResourceGroupName' }] as const;
    const { cells, nextLink } = readPage(read('azure/query.daily.response.json'), group);
    expect(cells.map(({ day, amount }) => `${day} ${amount}`).slice(0, 1)).toEqual([
      '2018-03-31 19.545363672276512',
    ]);
    expect(nextLink).toContain('$skiptoken');
    expect(() => readPage(read('azure/query.grouping.response.json'), group)).toThrow(/UsageDate is missing/);
  });
});
