/** Answers of Anthropic's Admin API, checked and renamed (platform.claude.com/docs/en/api/admin). */
import * as z from 'zod';
import { msToDay } from '../../core/day.ts';
import { Count, Currency, Decimal, Name } from '../admin-pages.ts';

const DAY_MS = 86_400_000;

const Cost = z
  .object({
    amount: Decimal,
    currency: Currency,
    workspace_id: Name,
    description: Name,
    cost_type: Name,
    model: Name,
    token_type: Name,
    service_tier: Name,
    context_window: Name,
  })
  .transform((row) => ({
    /** In cents (or the currency's smallest unit), with decimals. */
    minorUnits: row.amount,
    currency: row.currency,
    workspaceId: row.workspace_id,
    description: row.description,
    kind: row.cost_type,
    model: row.model,
    tokens: row.token_type,
    tier: row.service_tier,
    context: row.context_window,
  }));
export type Cost = z.infer<typeof Cost>;

const Usage = z
  .object({
    workspace_id: Name,
    api_key_id: Name,
    model: Name,
    service_tier: Name,
    uncached_input_tokens: Count,
    cache_read_input_tokens: Count,
    cache_creation: z.object(
      { ephemeral_5m_input_tokens: Count, ephemeral_1h_input_tokens: Count },
      { error: 'expected the tokens written to the cache' },
    ),
    output_tokens: Count,
  })
  .transform((row) => ({
    workspaceId: row.workspace_id,
    keyId: row.api_key_id,
    model: row.model,
    tier: row.service_tier,
    meters: {
      uncached_input_tokens: row.uncached_input_tokens,
      cached_input_tokens: row.cache_read_input_tokens,
      cache_write_tokens: row.cache_creation.ephemeral_5m_input_tokens,
      cache_write_1h_tokens: row.cache_creation.ephemeral_1h_input_tokens,
      output_tokens: row.output_tokens,
    },
  }));
export type Usage = z.infer<typeof Usage>;

const Instant = z
  .string({ error: 'expected a time' })
  .transform((text) => Date.parse(text))
  .refine((ms) => !Number.isNaN(ms), { error: 'expected a time' });

export const CostPage = pageOf(Cost);
export const UsagePage = pageOf(Usage);

export const WorkspacePage = z
  .object({
    data: z.array(z.object({ id: z.string(), name: Name })),
    has_more: z.boolean(),
    last_id: Name,
  })
  .transform(({ data, has_more, last_id }) => ({ workspaces: data, hasMore: has_more, nextPage: last_id }));

function pageOf<R extends z.ZodType>(result: R) {
  const bucket = z
    .object({
      starting_at: Instant,
      ending_at: Instant,
      results: z.array(result, { error: 'expected a list' }),
    })
    .refine(({ starting_at, ending_at }) => ending_at - starting_at <= DAY_MS, {
      error: 'expected one day at most',
    })
    .transform(({ starting_at, results }) => ({ day: msToDay(starting_at), rows: results }));
  return z
    .object({
      data: z.array(bucket, { error: 'expected a list of days' }),
      has_more: z.boolean({ error: 'expected true or false' }),
      next_page: Name,
    })
    .transform(({ data, has_more, next_page }) => ({ days: data, hasMore: has_more, nextPage: next_page }));
}
