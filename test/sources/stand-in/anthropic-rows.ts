/** The invented organisation's charges as Anthropic would bill and meter them. */
import { plainDecimal } from '../../../src/core/exact-number.ts';
import type { TruthCharge } from './truth.ts';

const TOKENS = [
  ['uncached_input_tokens', 'Input Tokens'],
  ['output_tokens', 'Output Tokens'],
  ['cache_read_input_tokens', 'Input Tokens, Cache Read'],
  ['cache_creation.ephemeral_5m_input_tokens', 'Input Tokens, Cache Write'],
] as const;

/** One row per charge, before they are grouped; amounts in cents. */
export function costRows(charges: readonly TruthCharge[]) {
  return charges.map((charge) => {
    const place = {
      day: charge.day,
      amount: inCents(charge),
      currency: charge.currency,
      workspace_id: workspaceId(charge),
      inference_geo: null,
    };
    const { requests } = charge.tokens;
    const [token_type, words] = TOKENS[requests % TOKENS.length] ?? TOKENS[0];
    if (requests % 7 === 0)
      return {
        ...place,
        description: 'Web Search Usage',
        cost_type: 'web_search' as string | null,
        model: null as string | null,
        token_type: null as string | null,
        service_tier: null as string | null,
        context_window: null as string | null,
      };
    return {
      ...place,
      description: `${charge.model} Usage - ${words}`,
      cost_type: 'tokens',
      model: charge.model,
      token_type,
      service_tier: tierOf(requests),
      context_window: '0-200k',
    };
  });
}

/** Tokens, one row per charge. */
export function usageRows(charges: readonly TruthCharge[]) {
  return charges.map((charge) => {
    const { input, cached, output, requests } = charge.tokens;
    return {
      day: charge.day,
      workspace_id: workspaceId(charge),
      api_key_id: `apikey_${requests % 3}`,
      model: charge.model,
      service_tier: tierOf(requests),
      context_window: '0-200k',
      inference_geo: null,
      uncached_input_tokens: input,
      cache_read_input_tokens: cached,
      written5m: requests * 3,
      written1h: requests,
      output_tokens: output,
    };
  });
}

/** A workspace per account and team; what has no team is in the default one, which has no id. */
export function workspacesOf(charges: readonly TruthCharge[]) {
  const workspaces = new Map<string, { name: string; archived: boolean }>();
  for (const charge of charges) {
    const id = workspaceId(charge);
    const team = charge.tags.team;
    if (id !== null)
      workspaces.set(id, { name: `${charge.account} ${team}`.trim(), archived: team === 'growth' });
  }
  return [...workspaces].sort().map(([id, { name, archived }]) => ({
    id,
    type: 'workspace',
    name,
    created_at: '2024-10-30T23:58:27.427722Z',
    archived_at: archived ? '2024-11-01T23:59:27.427722Z' : null,
    display_color: '#6C5BB9',
  }));
}

function tierOf(requests: number): string {
  return requests % 4 === 0 ? 'batch' : 'standard';
}

/** A hundredth of the unit; yen have no smaller unit. */
function inCents({ amount, currency }: TruthCharge): string {
  return currency === 'JPY' ? amount : plainDecimal(`${amount}e2`);
}

function workspaceId({ account, tags: { team } }: TruthCharge): string | null {
  return team === undefined ? null : `wrkspc_${account}${Buffer.from(team).toString('hex')}`;
}
