/** What a LiteLLM proxy answers about keys, read into our words. */
import * as z from 'zod';

const Text = z.string().nullish();

/** Moments without an offset are UTC. */
const Moment = z
  .string()
  .nullish()
  .transform((text) => {
    if (!text) return undefined;
    const ms = Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`);
    return Number.isNaN(ms) ? undefined : new Date(ms);
  });

const Key = z
  .object({
    key_alias: Text,
    blocked: z.boolean().nullish(),
    expires: Moment,
    created_at: Moment,
    spend: z.number().nullish(),
    max_budget: z.number().nullish(),
    budget_duration: Text,
    team_id: Text,
    metadata: z.record(z.string(), z.unknown()).nullish(),
  })
  .transform((row) => ({
    alias: row.key_alias ?? undefined,
    blocked: row.blocked ?? false,
    expires: row.expires,
    createdAt: row.created_at,
    spend: row.spend ?? undefined,
    budget: row.max_budget ?? null,
    budgetDuration: row.budget_duration ?? null,
    teamId: row.team_id ?? undefined,
    tags: tagsOf(row.metadata ?? {}),
  }));

/** GET /key/info */
export const KeyInfo = z.object({ info: Key }).transform(({ info }) => info);
export type KeyInfo = z.infer<typeof KeyInfo>;

/** GET /key/list with full objects. */
export const KeyPage = z
  .object({
    keys: z.array(z.object({ token: z.string(), key_alias: Text })),
    total_pages: z.int().nonnegative().nullish(),
  })
  .transform(({ keys, total_pages }) => ({
    keys: keys.map(({ token, key_alias }) => ({ hash: token.toLowerCase(), alias: key_alias ?? undefined })),
    pages: total_pages ?? 1,
  }));

const SECRET = /secret|token|password|credential|api_?key|authorization/i;
const LONGEST = 200;

/** Plain metadata, and the list `tags` ("team:search", "protected"); what may be a secret is left out. */
function tagsOf(metadata: Readonly<Record<string, unknown>>): Record<string, string> {
  const listed = Array.isArray(metadata.tags) ? metadata.tags.filter((tag) => typeof tag === 'string') : [];
  const pairs = [
    ...listed.map((tag): [string, string] => {
      const [, key, value] = /^(.*?[^:]):([^:]+)$/s.exec(tag) ?? [];
      return key !== undefined && value !== undefined ? [key, value] : [tag, 'true'];
    }),
    ...Object.entries(metadata).flatMap(([key, value]): [string, string][] =>
      ['string', 'number', 'boolean'].includes(typeof value) ? [[key, String(value)]] : [],
    ),
  ];
  return Object.fromEntries(
    pairs.filter(([key, value]) => !SECRET.test(key) && !/\bsk-/.test(value) && value.length <= LONGEST),
  );
}
