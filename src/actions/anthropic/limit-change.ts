/** The monthly spend limit of an Anthropic workspace: read, changed unless somebody else did, and looked at again. */
import { AppError } from '../../core/errors.ts';
import type { AdminApi } from '../admin-api.ts';
import { capital } from '../sentence.ts';
import type { ActionAccess, ActionInput, Planned, Verified } from '../types.ts';
import { CALLS, isNotEnabled, LIMITS_NOT_ENABLED, openAnthropic, readWorkspace } from './client.ts';
import { type SpendLimit, SpendLimits } from './schema.ts';

/** Minor units of the organization's currency; null for no limit. */
export type Amount = string | null;

export interface Change {
  readonly from: Amount;
  readonly to: Amount;
}

/** A limit that is neither is somebody else's decision, and stays. */
export async function changeLimit(
  access: ActionAccess,
  { input }: Planned,
  { from, to }: Change,
): Promise<void> {
  const api = openAnthropic(access);
  const found = await readLimit(api, idOf(input));
  const limit = found === 'not allowed' ? undefined : found;
  const now = limit?.amount ?? null;
  if (found !== 'not allowed' && now === to) return;
  if (found !== 'not allowed' && now !== from)
    throw new AppError('CONFLICT', `Somebody changed the spend limit of ${nameOf(input)} meanwhile.`, {
      hint: 'It was left so. Propose it again if that is not what you want.',
    });
  if (to === null)
    await api.send({
      path: `/organizations/spend_limits/${encodeURIComponent(limit?.id ?? '')}`,
      method: 'DELETE',
      doing: `take the spend limit off ${nameOf(input)}`,
      permission: CALLS.deleteLimit,
      allow: [404],
    });
  else
    await api.send({
      path: '/organizations/spend_limits',
      method: 'POST',
      body: { amount: to, period: 'monthly', scope: { type: 'workspace', workspace_id: idOf(input) } },
      doing: `set the spend limit of ${nameOf(input)}`,
      permission: CALLS.setLimit,
    });
}

export async function verifyLimit(
  access: ActionAccess,
  { input }: Planned,
  { from, to }: Change,
): Promise<Verified> {
  const api = openAnthropic(access);
  const found = await readLimit(api, idOf(input));
  if (found === 'not allowed')
    throw new AppError('UPSTREAM', LIMITS_NOT_ENABLED, { hint: 'Look at the limit in the Claude Console.' });
  const now = found?.amount ?? null;
  if (now === null && !(await readWorkspace(api, idOf(input))))
    return { state: 'gone', outcome: 'elsewhere', said: `${capital(nameOf(input))} is gone.` };
  const words = wordsIn(found?.currency)(now);
  return {
    state: `spend limit ${words}`,
    outcome: now === to ? 'reached' : now === from ? 'unchanged' : 'elsewhere',
    said: `The spend limit of ${nameOf(input)} is ${words}.`,
  };
}

/** Undefined when there is none. */
export async function readLimit(
  api: AdminApi,
  workspace: string,
): Promise<SpendLimit | 'not allowed' | undefined> {
  const { status, body } = await api.send({
    path: '/organizations/spend_limits',
    query: { workspace_id: workspace },
    doing: `read the spend limit of the workspace ${workspace}`,
    permission: CALLS.listLimits,
    // Not every organization has them; who may not is told so by the plan.
    allow: [400, 403, 404],
  });
  if (status === 404) return undefined;
  if (status === 400 || isNotEnabled(body)) return 'not allowed';
  if (status === 403)
    throw new AppError(
      'UPSTREAM',
      `Anthropic refused to read the spend limit of the workspace ${workspace}: the permission ${CALLS.listLimits} is missing.`,
      {
        hint: 'The key must be an admin key of the organization (see `pennywatch permissions actions --provider anthropic`).',
      },
    );
  const parsed = SpendLimits.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new AppError('UPSTREAM', 'Anthropic answered spend limits in a shape that is not known.', {
    hint: 'A newer version of Pennywatch may know this shape.',
  });
}

export function idOf({ ref }: ActionInput): string {
  return ref.parts.workspace ?? '';
}

export function nameOf({ ref }: ActionInput): string {
  return `the workspace ${ref.name}`;
}

export function wordsIn(currency = 'USD'): (amount: Amount) => string {
  return (amount) =>
    amount === null
      ? 'none'
      : `${currency === 'USD' ? '$' : `${currency} `}${(Number(amount) / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
