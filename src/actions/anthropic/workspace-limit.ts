/** Sets the monthly spend limit of an Anthropic workspace, where the organization has early access to that API. */
import * as z from 'zod';
import { AppError } from '../../core/errors.ts';
import type { AdminApi } from '../admin-api.ts';
import { capital } from '../sentence.ts';
import type { ActionAccess, ActionInput, LiveResource, Planned, ProviderAction, Verified } from '../types.ts';
import { CALLS, isNotEnabled, LIMITS_NOT_ENABLED, openAnthropic, readWorkspace } from './client.ts';
import { type SpendLimit, SpendLimits } from './schema.ts';

/** Minor units of the organization's currency; null for no limit. */
const Amount = z
  .string()
  .regex(/^\d{1,15}$/)
  .nullable();
type Amount = z.infer<typeof Amount>;
const Before = z.object({ old: Amount, wanted: Amount });
const Parameters = z.object({
  limit: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,2})?$/, 'expected an amount in the currency of the organization such as "500"')
    .optional(),
});
const Ref = z.custom<ActionInput['ref']>(
  (value) => /^wrkspc_/.test((value as Partial<ActionInput['ref']> | null)?.parts?.workspace ?? ''),
  'expected a workspace of Anthropic',
);

export const workspaceLimit: ProviderAction = {
  id: 'anthropic.workspace-limit',
  about: {
    provider: 'anthropic',
    kinds: ['anthropic.workspace'],
    title: 'Limit spend of Anthropic workspace',
    verb: 'limit the spend of',
    past: 'limited',
    consequence:
      'Anthropic refuses requests of the workspace once the spend of the month reaches the limit, until the next month. Setting it by API is early access at Anthropic.',
    risk: 'medium',
    validStates: ['active'],
    permissions: [
      { permission: CALLS.readWorkspace, for: 'plan' },
      { permission: CALLS.listLimits, for: 'plan' },
      { permission: CALLS.setLimit, for: 'run' },
      { permission: CALLS.setLimit, for: 'undo' },
      { permission: CALLS.deleteLimit, for: 'undo' },
    ],
    example: 'wrkspc_01JwQvzr7rXLA5AGx3HKfFUJ',
    savesPercent: 100,
  },
  input: z.object({
    ref: Ref,
    parameters: Parameters.transform(({ limit }) => ({ ...(limit !== undefined && { limit }) })),
  }),
  plan,
  async run(access, planned) {
    const { old, wanted } = Before.parse(planned.before);
    await change(access, planned, { from: old, to: wanted });
  },
  async verify(access, planned) {
    const { old, wanted } = Before.parse(planned.before);
    return verify(access, planned, { from: old, to: wanted });
  },
  undo: {
    title: 'Restore spend limit',
    past: 'given its spend limit back',
    hours: 24 * 30,
    async run(access, planned) {
      const { old, wanted } = Before.parse(planned.before);
      await change(access, planned, { from: wanted, to: old });
    },
    async verify(access, planned) {
      const { old, wanted } = Before.parse(planned.before);
      return verify(access, planned, { from: wanted, to: old });
    },
  },
};

async function plan(access: ActionAccess, input: ActionInput): Promise<Planned> {
  const api = openAnthropic(access);
  const id = idOf(input);
  const name = nameOf(input);
  const stays = { input, calls: [], effect: `${capital(name)} stays as it is.`, before: {} };
  const workspace = await readWorkspace(api, id);
  if (!workspace)
    return { ...stays, refusal: `Anthropic knows no workspace ${id} in this organization (any more).` };
  const live = (state: string, limit: string): LiveResource => ({
    state,
    ...(workspace.createdAt && { createdAt: workspace.createdAt }),
    tags: workspace.tags,
    details: [
      { label: 'Workspace', value: workspace.name },
      { label: 'Spend limit', value: limit },
    ],
  });
  if (workspace.archivedAt)
    return {
      ...stays,
      live: live('archived', 'none'),
      refusal: `${capital(name)} is archived: it spends nothing.`,
    };
  const found = await readLimit(api, id);
  if (found === 'not allowed')
    return { ...stays, live: live('active', 'unknown'), refusal: LIMITS_NOT_ENABLED };
  const old = found?.amount ?? null;
  const wanted = minor(input.parameters.limit ?? '0');
  const words = wordsIn(found?.currency);
  const planned: Planned = {
    ...stays,
    live: live('active', words(old)),
    calls: [`POST /v1/organizations/spend_limits: amount ${wanted}, workspace ${id}, monthly`],
    effect: `${capital(name)} is refused by Anthropic once it has spent ${words(wanted)} in a month${
      wanted === '0' ? ', so at once until it is taken back' : ''
    }; now the limit is ${words(old)}.`,
    before: { old, wanted },
  };
  if (old === wanted)
    return { ...planned, calls: [], already: true, effect: `${capital(name)} has this limit already.` };
  if (old !== null && BigInt(old) < BigInt(wanted))
    return { ...planned, calls: [], refusal: `Its spend limit is ${words(old)} already, which is lower.` };
  return planned;
}

interface Change {
  readonly from: Amount;
  readonly to: Amount;
}

/** A limit that is neither is somebody else's decision, and stays. */
async function change(access: ActionAccess, { input }: Planned, { from, to }: Change): Promise<void> {
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

async function verify(access: ActionAccess, { input }: Planned, { from, to }: Change): Promise<Verified> {
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
async function readLimit(api: AdminApi, workspace: string): Promise<SpendLimit | 'not allowed' | undefined> {
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

function idOf({ ref }: ActionInput): string {
  return ref.parts.workspace ?? '';
}

function nameOf({ ref }: ActionInput): string {
  return `the workspace ${ref.name}`;
}

/** "12.5" is "1250", exactly. */
function minor(text: string): string {
  const [whole = '0', part = ''] = text.split('.');
  return String(BigInt(whole) * 100n + BigInt(part.padEnd(2, '0')));
}

function wordsIn(currency = 'USD'): (amount: Amount) => string {
  return (amount) =>
    amount === null
      ? 'none'
      : `${currency === 'USD' ? '$' : `${currency} `}${(Number(amount) / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
