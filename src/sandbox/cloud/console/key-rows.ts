/** Keys, projects and workspaces at the stand-ins of LiteLLM, OpenAI and Anthropic. */
import * as z from 'zod';
import type { CloudRow } from './types.ts';

const LiteLlm = z.record(
  z.string(),
  z.object({
    key_alias: z.string().nullable(),
    team_id: z.string().nullable(),
    blocked: z.boolean().nullable(),
    max_budget: z.number().nullable(),
    created_at: z.string(),
  }),
);

export function litellmRows(snapshot: unknown): CloudRow[] {
  return Object.entries(LiteLlm.parse(snapshot)).map(([hash, key]) => ({
    vendor: 'LiteLLM',
    kind: 'Gateway key',
    name: `${key.key_alias ?? 'key'} (${hash.slice(0, 8)}…)`,
    place: 'gateway',
    size: '',
    state: `${key.blocked ? 'blocked' : 'active'}${key.max_budget === null ? '' : `, budget $${key.max_budget}`}`,
    tone: key.blocked ? 'off' : 'on',
    since: key.created_at,
    tags: { ...(key.team_id !== null && { team: key.team_id }) },
  }));
}

const OpenAi = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    status: z.string(),
    spendLimit: z.number().nullable(),
    rateLimits: z.array(z.object({ model: z.string(), max_requests_per_1_minute: z.number() })),
    keys: z.array(z.unknown()),
  }),
);

export function openaiRows(snapshot: unknown): CloudRow[] {
  return OpenAi.parse(snapshot).map(({ id, name, status, spendLimit, rateLimits, keys }) => {
    const throttled = rateLimits.length > 0 && rateLimits.every((one) => one.max_requests_per_1_minute <= 1);
    const limits = rateLimits.map((one) => `${one.model}: ${one.max_requests_per_1_minute}/min`).join(', ');
    return {
      vendor: 'OpenAI',
      kind: 'Project',
      name,
      place: id,
      size: `${keys.length} ${keys.length === 1 ? 'key' : 'keys'}`,
      state: `${status}${throttled ? ', throttled' : ''} (${limits}${spendLimit === null ? '' : `; limit $${spendLimit / 100} a month`})`,
      tone: throttled || status !== 'active' || keys.length === 0 ? 'off' : 'on',
      tags: {},
    };
  });
}

const Anthropic = z.object({
  keys: z.array(z.object({ id: z.string(), name: z.string(), workspace: z.string(), status: z.string() })),
  workspaces: z.array(
    z.object({ id: z.string(), name: z.string(), limit: z.object({ amount: z.string() }).nullable() }),
  ),
});

export function anthropicRows(snapshot: unknown): CloudRow[] {
  const { keys, workspaces } = Anthropic.parse(snapshot);
  return workspaces.map(({ id, name, limit }) => {
    const own = keys.filter(({ workspace }) => workspace === id);
    const active = own.filter(({ status }) => status === 'active').length;
    return {
      vendor: 'Anthropic',
      kind: 'Workspace',
      name,
      place: id,
      size: '',
      state: `${active} of ${own.length} keys active${limit ? `, limit $${Number(limit.amount) / 100} a month` : ''}`,
      tone: active > 0 && limit?.amount !== '0' ? 'on' : 'off',
      tags: {},
    };
  });
}
