/** Answers of Anthropic's Admin API, read into our words (platform.claude.com/docs/en/api/admin). */
import * as z from 'zod';

const Moment = z
  .string()
  .nullish()
  .transform((text) => {
    const ms = text ? Date.parse(text) : Number.NaN;
    return Number.isNaN(ms) ? undefined : new Date(ms);
  });

/** Its hint is a part of a secret, and is not read. */
export const ApiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.string(),
    created_at: Moment,
    expires_at: Moment,
    workspace_id: z.string().nullish(),
    scope: z.object({ workspace_id: z.string().nullish() }).nullish(),
  })
  .transform((row) => ({
    id: row.id,
    name: row.name,
    status: row.status,
    createdAt: row.created_at,
    expires: row.expires_at,
    /** Null for the default workspace, and in older answers for it too. */
    workspace: row.scope?.workspace_id ?? row.workspace_id ?? undefined,
  }));
export type ApiKey = z.infer<typeof ApiKey>;

export const ApiKeyPage = z
  .object({ data: z.array(ApiKey), has_more: z.boolean().nullish(), last_id: z.string().nullish() })
  .transform(({ data, has_more, last_id }) => ({
    items: data,
    last: has_more === true && last_id ? last_id : undefined,
  }));

export const Workspace = z
  .object({
    id: z.string(),
    name: z.string(),
    created_at: Moment,
    archived_at: Moment,
    tags: z.record(z.string(), z.string()).nullish(),
  })
  .transform((row) => ({
    name: row.name,
    createdAt: row.created_at,
    archivedAt: row.archived_at,
    tags: row.tags ?? {},
  }));
export type Workspace = z.infer<typeof Workspace>;

/** Amounts are whole minor units of the organization's currency, as text. */
const SpendLimit = z
  .object({ id: z.string(), amount: z.string().nullable(), currency: z.string(), period: z.string() })
  .transform(({ id, amount, currency, period }) => ({ id, amount, currency, period }));

export const SpendLimits = z
  .object({ data: z.array(SpendLimit) })
  .transform(({ data }) => data.find(({ period }) => period === 'monthly'));
export type SpendLimit = z.infer<typeof SpendLimit>;
