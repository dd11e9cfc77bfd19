/** The invented organisation's charges as OpenAI would bill and meter them. */
import type { TruthCharge } from './truth.ts';

export interface OpenAiCost {
  readonly day: string;
  readonly project_id: string | null;
  readonly line_item: string | null;
  readonly currency: string;
  /** Decimal text. */
  readonly amount: string;
}

const DIRECTIONS = ['input', 'cached input', 'output', 'input, long context'] as const;

/** One row per charge, before they are grouped. Tools and a few old lines name no model. */
export function costRows(charges: readonly TruthCharge[]): OpenAiCost[] {
  return charges.map((charge) => ({
    day: charge.day,
    project_id: projectId(charge),
    line_item: lineItem(charge),
    currency: charge.currency,
    amount: charge.amount,
  }));
}

function lineItem({ model, tokens: { requests } }: TruthCharge): string | null {
  if (requests % 13 === 0) return null;
  if (requests % 7 === 0) return 'web search tool calls';
  const tier = requests % 5 === 0 ? 'priority | ' : '';
  return `${tier}${model}, ${DIRECTIONS[requests % DIRECTIONS.length]}`;
}

/** Usage of one kind of model, one row per charge; all input tokens include the cached ones. */
export function usageRows(charges: readonly TruthCharge[], kind: string) {
  const wanted = charges.filter(({ model }) =>
    model.startsWith('text-embedding') ? kind === 'embeddings' : kind === 'completions',
  );
  return wanted.map((charge) => {
    const { input, cached, output, requests } = charge.tokens;
    const place = {
      day: charge.day,
      num_model_requests: requests,
      project_id: projectId(charge),
      user_id: null,
      api_key_id: `key_${requests % 3}`,
      model: charge.model,
      batch: kind === 'completions' ? requests % 4 === 0 : null,
      service_tier: kind === 'completions' ? (requests % 5 === 0 ? 'priority' : 'default') : null,
    };
    if (kind === 'embeddings') return { ...place, input_tokens: input };
    return {
      ...place,
      input_tokens: input + cached,
      input_cached_tokens: cached,
      output_tokens: output,
      input_audio_tokens: 0,
      output_audio_tokens: 0,
    };
  });
}

/** A project per account and team; what has no team belongs to no project. */
export function projectsOf(charges: readonly TruthCharge[]) {
  const projects = new Map<string, { name: string; archived: boolean }>();
  for (const charge of charges) {
    const id = projectId(charge);
    const team = charge.tags.team;
    if (id !== null)
      projects.set(id, { name: `${charge.account} ${team}`.trim(), archived: team === 'growth' });
  }
  return [...projects].sort().map(([id, { name, archived }]) => ({
    id,
    object: 'organization.project',
    name,
    created_at: 1_711_471_533,
    archived_at: archived ? 1_730_000_000 : null,
    status: archived ? 'archived' : 'active',
  }));
}

function projectId({ account, tags: { team } }: TruthCharge): string | null {
  return team === undefined ? null : `proj_${account}${Buffer.from(team).toString('hex')}`;
}
