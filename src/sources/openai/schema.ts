/** Answers of OpenAI's organization API, checked and renamed (platform.openai.com/docs/api-reference/usage). */
import * as z from 'zod';
import { msToDay } from '../../core/day.ts';
import { Count, Currency, Decimal, Name } from '../admin-pages.ts';

const DAY_SECONDS = 86_400;

const Cost = z
  .object({
    amount: z.object(
      { value: Decimal, currency: Currency },
      { error: 'expected an amount and its currency' },
    ),
    line_item: Name,
    project_id: Name,
    organization_id: Name,
  })
  .transform(({ amount, line_item, project_id, organization_id }) => ({
    amount: amount.value,
    currency: amount.currency,
    lineItem: line_item,
    projectId: project_id,
    organizationId: organization_id,
  }));
export type Cost = z.infer<typeof Cost>;

const grouped = {
  project_id: Name,
  api_key_id: Name,
  model: Name,
  num_model_requests: Count,
};

/** Counts by model; meters do not overlap. */
const Completions = z
  .object({
    ...grouped,
    batch: z.boolean().nullish(),
    service_tier: Name,
    input_tokens: Count,
    input_cached_tokens: Count.nullish(),
    input_cache_write_tokens: Count.nullish(),
    input_uncached_tokens: Count.nullish(),
    output_tokens: Count,
  })
  .transform((row, context) => {
    const cached = row.input_cached_tokens ?? 0n;
    const written = row.input_cache_write_tokens ?? 0n;
    // All input tokens include the cached ones and those written to the cache.
    const uncached = row.input_uncached_tokens ?? row.input_tokens - cached - written;
    if (uncached < 0n) {
      const message = 'expected input_tokens that include cached and cache-write tokens';
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    return {
      ...placeOf(row),
      tier: row.batch ? 'batch' : tierOf(row.service_tier),
      meters: {
        requests: row.num_model_requests,
        uncached_input_tokens: uncached,
        cached_input_tokens: cached,
        cache_write_tokens: written,
        output_tokens: row.output_tokens,
      },
    };
  });
export type Usage = z.infer<typeof Completions> | z.infer<typeof Embeddings> | z.infer<typeof Calls>;

const Embeddings = z.object({ ...grouped, input_tokens: Count }).transform((row) => ({
  ...placeOf(row),
  tier: 'standard',
  meters: { requests: row.num_model_requests, uncached_input_tokens: row.input_tokens },
}));

/** What is billed by images, seconds or characters: only the requests are metered. */
const Calls = z.object(grouped).transform((row) => ({
  ...placeOf(row),
  tier: 'standard',
  meters: { requests: row.num_model_requests },
}));

export const CostPage = pageOf(Cost);
export const CompletionsPage = pageOf(Completions);
export const EmbeddingsPage = pageOf(Embeddings);
export const CallsPage = pageOf(Calls);

export const ProjectPage = z
  .object({
    data: z.array(z.object({ id: z.string(), name: Name })),
    has_more: z.boolean(),
    last_id: Name,
  })
  .transform(({ data, has_more, last_id }) => ({ projects: data, hasMore: has_more, nextPage: last_id }));

function pageOf<R extends z.ZodType>(result: R) {
  const bucket = z
    .object({
      start_time: z.int({ error: 'expected seconds since 1970' }),
      end_time: z.int({ error: 'expected seconds since 1970' }),
      results: z.array(result, { error: 'expected a list' }),
    })
    .refine(({ start_time, end_time }) => end_time - start_time <= DAY_SECONDS, {
      error: 'expected one day at most',
    })
    .transform(({ start_time, results }) => ({ day: msToDay(start_time * 1000), rows: results }));
  return z
    .object({
      data: z.array(bucket, { error: 'expected a list of days' }),
      has_more: z.boolean({ error: 'expected true or false' }),
      next_page: Name,
    })
    .transform(({ data, has_more, next_page }) => ({ days: data, hasMore: has_more, nextPage: next_page }));
}

function placeOf(row: {
  readonly project_id: string | undefined;
  readonly api_key_id: string | undefined;
  readonly model: string | undefined;
}) {
  return { projectId: row.project_id, keyId: row.api_key_id, model: row.model };
}

/** "default" is OpenAI's word for what costs the list price. */
function tierOf(tier: string | undefined): string {
  return tier === undefined || tier === 'default' ? 'standard' : tier;
}
