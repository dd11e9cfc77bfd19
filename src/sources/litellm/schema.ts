/** What a LiteLLM proxy answers, read into our words. */
import * as z from 'zod';
import { isDay, msToDay } from '../../core/day.ts';
import { Count, Decimal, Name } from '../admin-pages.ts';

const Tokens = Count.nullish().transform((count) => count ?? 0n);

const Metrics = z
  .object({
    spend: Decimal,
    prompt_tokens: Tokens,
    completion_tokens: Tokens,
    cache_read_input_tokens: Tokens,
    cache_creation_input_tokens: Tokens,
    successful_requests: Count.nullish(),
    api_requests: Tokens,
  })
  .transform((row) => ({
    spend: row.spend,
    prompt: row.prompt_tokens,
    output: row.completion_tokens,
    cacheRead: row.cache_read_input_tokens,
    cacheWrite: row.cache_creation_input_tokens,
    requests: row.successful_requests ?? row.api_requests,
  }));
export type Metrics = z.infer<typeof Metrics>;

const KeyPart = z
  .object({
    metrics: Metrics,
    metadata: z.object({ key_alias: Name, team_id: Name }).nullish(),
  })
  .transform(({ metrics, metadata }) => ({
    metrics,
    alias: metadata?.key_alias,
    teamId: metadata?.team_id,
  }));
export type KeyPart = z.infer<typeof KeyPart>;

const Part = z
  .object({
    metrics: Metrics,
    api_key_breakdown: z.record(z.string(), KeyPart).nullish(),
  })
  .transform(({ metrics, api_key_breakdown }) => ({ metrics, keys: api_key_breakdown ?? {} }));

const ActivityDay = z
  .object({
    date: z.string().refine(isDay, { error: 'expected a day such as 2026-11-20' }),
    metrics: Metrics,
    breakdown: z.object({
      models: z.record(z.string(), Part),
      providers: z.record(z.string(), Part).nullish(),
    }),
  })
  .transform(({ date, metrics, breakdown }) => ({
    day: date,
    metrics,
    models: breakdown.models,
    providers: breakdown.providers ?? {},
  }));
export type ActivityDay = z.infer<typeof ActivityDay>;

export const ActivityPage = z
  .object({
    results: z.array(ActivityDay, { error: 'expected a list of days' }),
    metadata: z.object({
      total_pages: z.int({ error: 'expected how many pages there are' }).nonnegative(),
    }),
  })
  .transform(({ results, metadata }) => ({ days: results, pages: metadata.total_pages }));

const Team = z
  .object({ team_id: z.string({ error: 'expected an id' }), team_alias: Name })
  .transform(({ team_id, team_alias }) => ({ id: team_id, alias: team_alias }));

/** A list, or since some version a page with one. */
export const Teams = z
  .union([z.array(Team), z.object({ teams: z.array(Team) })], { error: 'expected a list of teams' })
  .transform((answer) => ('teams' in answer ? answer.teams : answer));

/** JSON within text, as the proxy's database keeps it; what is no JSON says nothing. */
function written<T extends z.ZodType>(shape: T) {
  return z.preprocess((value) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      return undefined;
    }
  }, shape);
}

const Details = z.object({ cached_tokens: Count.nullish() }).nullish();
const LogUsage = z
  .object({
    cache_read_input_tokens: Count.nullish(),
    cache_creation_input_tokens: Count.nullish(),
    prompt_tokens_details: Details,
  })
  .nullish();

const LogMetadata = z
  .object({
    user_api_key_alias: Name,
    user_api_key_team_alias: Name,
    user_api_key_team_id: Name,
    usage_object: LogUsage,
  })
  .nullish();

const Log = z
  .object({
    startTime: z
      .string({ error: 'expected a time' })
      .transform(dayOf)
      .refine(isDay, { error: 'expected a time such as 2026-11-20 09:20:46' }),
    spend: Decimal,
    model: Name,
    custom_llm_provider: Name,
    api_key: Name,
    team_id: Name,
    status: Name,
    prompt_tokens: Tokens,
    completion_tokens: Tokens,
    metadata: written(LogMetadata),
    request_tags: written(z.array(z.string()).nullish().catch(undefined)),
  })
  .transform((row) => {
    const usage = row.metadata?.usage_object;
    return {
      day: row.startTime,
      model: row.model,
      provider: row.custom_llm_provider,
      key: row.api_key,
      keyAlias: row.metadata?.user_api_key_alias,
      teamId: row.team_id ?? row.metadata?.user_api_key_team_id,
      teamAlias: row.metadata?.user_api_key_team_alias,
      tags: row.request_tags ?? [],
      metrics: {
        spend: row.spend,
        prompt: row.prompt_tokens,
        output: row.completion_tokens,
        cacheRead: usage?.cache_read_input_tokens ?? usage?.prompt_tokens_details?.cached_tokens ?? 0n,
        cacheWrite: usage?.cache_creation_input_tokens ?? 0n,
        requests: row.status === 'failure' ? 0n : 1n,
      },
    };
  });
export type Log = z.infer<typeof Log>;

/** Totals are capped by the proxy, so a page says by its length whether another one follows. */
export const LogPage = z
  .object({ data: z.array(Log, { error: 'expected a list of requests' }) })
  .transform(({ data }) => data);

/** Times without an offset are UTC. */
function dayOf(time: string): string {
  if (/[+-]\d{2}:?\d{2}$/.test(time.slice(10))) {
    const ms = Date.parse(time.replace(' ', 'T'));
    return Number.isNaN(ms) ? '' : msToDay(ms);
  }
  return time.slice(0, 10);
}
