/** Switches an Anthropic key off, or every active key of a workspace. Undo switches the same ones on again. */
import * as z from 'zod';
import type { AdminApi } from '../admin-api.ts';
import { eachOf } from '../each-of.ts';
import type { ActionAccess, ActionInput, Planned, ProviderAction, Verified } from '../types.ts';
import { CALLS, type KeyStatus, keyPath, openAnthropic, readKey, readKeys } from './client.ts';
import { planKey, planWorkspace } from './key-plans.ts';
import type { ApiKey } from './schema.ts';

const Before = z.object({ keys: z.array(z.object({ id: z.string(), name: z.string() })) });
const Ref = z.custom<ActionInput['ref']>((value) => {
  const parts = (value as Partial<ActionInput['ref']> | null)?.parts ?? {};
  return /^apikey_/.test(parts.key ?? '') || /^wrkspc_/.test(parts.workspace ?? '');
}, 'expected a key or a workspace of Anthropic');

export const keyDeactivate: ProviderAction = {
  id: 'anthropic.key-deactivate',
  about: {
    provider: 'anthropic',
    kinds: ['anthropic.key', 'anthropic.workspace'],
    title: 'Switch off Anthropic keys',
    verb: 'switch off',
    past: 'switched off',
    consequence:
      'Requests with the key (of a workspace: with any of its active keys) are refused at once. The keys stay, and can be switched on again.',
    risk: 'medium',
    validStates: ['active'],
    permissions: [
      { permission: CALLS.readKey, for: 'plan' },
      { permission: CALLS.listKeys, for: 'plan' },
      { permission: CALLS.readWorkspace, for: 'plan' },
      { permission: CALLS.changeKey, for: 'run' },
      { permission: CALLS.changeKey, for: 'undo' },
    ],
    example: 'apikey_01Rj2N8SVvo6BePZj99NhmiT',
    savesPercent: 100,
  },
  input: z.object({ ref: Ref, parameters: z.strictObject({}) }),
  plan: (access, input) =>
    input.ref.parts.key === undefined
      ? planWorkspace(openAnthropic(access), input)
      : planKey(openAnthropic(access), input),
  run: (access, planned) => change(access, planned, 'inactive'),
  verify: (access, planned) => verify(access, planned, 'inactive'),
  undo: {
    title: 'Switch on again',
    past: 'switched on again',
    hours: 24 * 30,
    run: (access, planned) => change(access, planned, 'active'),
    verify: (access, planned) => verify(access, planned, 'active'),
  },
};

/** Only from the one status to the other: a key that was archived or has expired meanwhile stays so. */
async function change(access: ActionAccess, { before, input }: Planned, wanted: KeyStatus): Promise<void> {
  const api = openAnthropic(access);
  const from: KeyStatus = wanted === 'active' ? 'inactive' : 'active';
  const now = await statuses(api, input, Before.parse(before).keys);
  await eachOf(
    now.filter(({ status }) => status === from),
    'keys',
    async ({ id, name }) => {
      await api.send({
        path: keyPath(id),
        method: 'POST',
        body: { status: wanted },
        doing: `${wanted === 'inactive' ? 'switch off' : 'switch on'} the key ${name}`,
        permission: CALLS.changeKey,
      });
    },
  );
}

async function verify(
  access: ActionAccess,
  { before, input }: Planned,
  wanted: KeyStatus,
): Promise<Verified> {
  const { keys } = Before.parse(before);
  const now = await statuses(openAnthropic(access), input, keys);
  const count = (...all: string[]) => now.filter(({ status }) => all.includes(status ?? 'gone')).length;
  const word = wanted === 'inactive' ? 'off' : 'on again';
  const whose = input.ref.parts.key === undefined ? ` of the workspace ${input.ref.name}` : '';
  const said = (there: number) =>
    keys.length === 1
      ? `The key ${keys[0]?.name}${whose} is ${there === 1 ? word : (now[0]?.status ?? 'gone')}.`
      : `${there} of ${keys.length} keys${whose} are ${word}.`;
  const there = count(wanted);
  const state = stateOf(now.map(({ status }) => status ?? 'gone'));
  if (there === keys.length) return { state, outcome: 'reached', said: said(there) };
  if (count(wanted === 'active' ? 'inactive' : 'active') === keys.length)
    return { state, outcome: 'unchanged', said: said(there) };
  return { state, outcome: 'elsewhere', said: said(there) };
}

function stateOf(statuses: readonly string[]): string {
  const all = [...new Set(statuses)];
  return all.length === 1 ? (all[0] ?? 'gone') : `partly ${all.sort().join(', partly ')}`;
}

/** The remembered keys with their status now; undefined for one that is gone. */
async function statuses(
  api: AdminApi,
  { ref }: ActionInput,
  keys: readonly { readonly id: string; readonly name: string }[],
) {
  const { key, workspace = '' } = ref.parts;
  const found: readonly (ApiKey | undefined)[] =
    key === undefined ? await readKeys(api, workspace) : [await readKey(api, key)];
  const now = new Map(found.flatMap((one) => (one ? [[one.id, one.status] as const] : [])));
  return keys.map(({ id, name }) => ({ id, name, status: now.get(id) }));
}
