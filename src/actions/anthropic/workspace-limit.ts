/** Sets the monthly spend limit of an Anthropic workspace, where the organization has early access to that API. */
import * as z from 'zod';
import { capital } from '../sentence.ts';
import type { ActionAccess, ActionInput, LiveResource, Planned, ProviderAction } from '../types.ts';
import { CALLS, LIMITS_NOT_ENABLED, openAnthropic, readWorkspace } from './client.ts';
import { changeLimit, idOf, nameOf, readLimit, verifyLimit, wordsIn } from './limit-change.ts';

/** Minor units of the organization's currency; null for no limit. */
const Amount = z
  .string()
  .regex(/^\d{1,15}$/)
  .nullable();
const Before = z.object({ old: Amount, wanted: Amount });
const Parameters = z.strictObject({
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
    await changeLimit(access, planned, { from: old, to: wanted });
  },
  async verify(access, planned) {
    const { old, wanted } = Before.parse(planned.before);
    return verifyLimit(access, planned, { from: old, to: wanted });
  },
  undo: {
    title: 'Restore spend limit',
    past: 'given its spend limit back',
    hours: 24 * 30,
    async run(access, planned) {
      const { old, wanted } = Before.parse(planned.before);
      await changeLimit(access, planned, { from: wanted, to: old });
    },
    async verify(access, planned) {
      const { old, wanted } = Before.parse(planned.before);
      return verifyLimit(access, planned, { from: wanted, to: old });
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

/** "12.5" is "1250", exactly. */
function minor(text: string): string {
  const [whole = '0', part = ''] = text.split('.');
  return String(BigInt(whole) * 100n + BigInt(part.padEnd(2, '0')));
}
