/** Answers of OpenAI's Admin API, read into our words (developers.openai.com/api/reference, Administration). */
import * as z from 'zod';

const Seconds = z.number().transform((seconds) => new Date(seconds * 1000));

export const Project = z
  .object({ id: z.string(), name: z.string().nullish(), status: z.string().nullish(), created_at: Seconds })
  .transform((row) => ({
    id: row.id,
    name: row.name ?? row.id,
    archived: row.status === 'archived',
    createdAt: row.created_at,
  }));
export type Project = z.infer<typeof Project>;

const RateLimit = z
  .object({ id: z.string(), model: z.string(), max_requests_per_1_minute: z.number() })
  .transform((row) => ({ id: row.id, model: row.model, requests: row.max_requests_per_1_minute }));
export type RateLimit = z.infer<typeof RateLimit>;

/** A page of a list; `last` asks for the next one. */
function pageOf<T extends z.ZodType>(item: T) {
  return z
    .object({ data: z.array(item), has_more: z.boolean().nullish(), last_id: z.string().nullish() })
    .transform(({ data, has_more, last_id }) => ({
      items: data,
      last: has_more === true && last_id ? last_id : undefined,
    }));
}

export const RateLimitPage = pageOf(RateLimit);
export const ProjectPage = pageOf(Project);

/** Amounts are whole cents of US dollars. */
export const SpendLimit = z
  .object({
    threshold_amount: z.int(),
    currency: z.string(),
    interval: z.string(),
    enforcement: z.object({ status: z.string() }).nullish(),
  })
  .transform((row) => ({ cents: row.threshold_amount, enforcing: row.enforcement?.status === 'enforcing' }));
export type SpendLimit = z.infer<typeof SpendLimit>;

/** Its redacted value is a part of a secret, and is not read. */
export const ApiKey = z
  .object({
    id: z.string(),
    name: z.string().nullish(),
    created_at: Seconds,
    last_used_at: z.number().nullish(),
    owner: z
      .object({
        type: z.string().nullish(),
        user: z.object({ email: z.string().nullish(), name: z.string().nullish() }).nullish(),
        service_account: z.object({ name: z.string().nullish() }).nullish(),
      })
      .nullish(),
  })
  .transform((row) => ({
    name: row.name ?? row.id,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ? new Date(row.last_used_at * 1000) : undefined,
    owner: row.owner?.user?.email ?? row.owner?.user?.name ?? undefined,
    serviceAccount:
      row.owner?.type === 'service_account' || row.owner?.service_account
        ? (row.owner?.service_account?.name ?? 'a service account')
        : undefined,
  }));
export type ApiKey = z.infer<typeof ApiKey>;
