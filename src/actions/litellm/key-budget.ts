/** Lowers the budget of a key of a LiteLLM proxy: over it, requests are refused until it resets. Undo restores it. */
import * as z from 'zod';
import { AppError } from '../../core/errors.ts';
import { capital } from '../sentence.ts';
import type { ActionAccess, ActionInput, Planned, ProviderAction, Verified } from '../types.ts';
import { type KeyApi, openKeys, READS, shown } from './client.ts';
import { dollars, HASH, inputOf, liveKey, nameOf, per, refused } from './key-words.ts';

const Budget = z.object({ budget: z.number().nullable(), duration: z.string().nullable() });
type Budget = z.infer<typeof Budget>;
const Before = z.object({ hash: HASH, old: Budget, wanted: Budget });
const Parameters = z.strictObject({
  budget: z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, 'expected an amount in US dollars such as "25"'),
});
/** For a key whose budget never resets, or that has none. */
const USUAL_DURATION = '30d';

export const keyBudget: ProviderAction = {
  id: 'litellm.key-budget',
  about: {
    provider: 'litellm',
    kinds: ['litellm.key'],
    title: 'Limit budget of LiteLLM key',
    verb: 'limit the budget of',
    past: 'limited',
    consequence:
      'The proxy refuses requests with this key once it has spent its budget, until the budget resets. What it spent before counts.',
    risk: 'low',
    validStates: ['active'],
    permissions: [
      ...READS,
      { permission: 'POST /key/update', for: 'run' },
      { permission: 'POST /key/update', for: 'undo' },
    ],
    example: 'litellm:3b1f0c9a7d5e4f2b8c6a9d0e1f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c',
    savesPercent: 100,
  },
  input: inputOf(Parameters),
  plan,
  async run(access, { before }) {
    const { hash, old, wanted } = Before.parse(before);
    await change(openKeys(access), hash, { from: old, to: wanted });
  },
  async verify(access, planned) {
    const { old, wanted } = Before.parse(planned.before);
    return verify(access, planned, { from: old, to: wanted });
  },
  undo: {
    title: 'Restore budget',
    past: 'given its budget back',
    hours: 24 * 30,
    async run(access, { before }) {
      const { hash, old, wanted } = Before.parse(before);
      await change(openKeys(access), hash, { from: wanted, to: old });
    },
    async verify(access, planned) {
      const { old, wanted } = Before.parse(planned.before);
      return verify(access, planned, { from: wanted, to: old });
    },
  },
};

async function plan(access: ActionAccess, input: ActionInput): Promise<Planned> {
  const budget = Number(Parameters.parse(input.parameters).budget);
  const found = await openKeys(access).find(input.ref.parts);
  const name = nameOf(input);
  if ('missing' in found) return refused(input, found.missing);
  const { key } = found;
  const wanted: Budget = { budget, duration: key.budgetDuration ?? USUAL_DURATION };
  const spent = key.spend ?? 0;
  const planned: Planned = {
    input,
    live: liveKey(key, access.now()),
    calls: [
      `POST /key/update for ${shown(key.hash)}: max_budget ${budget}, budget_duration ${wanted.duration}`,
    ],
    effect:
      spent >= budget
        ? `${capital(name)} has spent ${dollars(spent)} and may spend ${words(wanted)}: LiteLLM refuses it at once, until the budget resets.`
        : `${capital(name)} may spend ${words(wanted)}; ${dollars(budget - spent)} of it is left.`,
    before: { hash: key.hash, old: { budget: key.budget, duration: key.budgetDuration }, wanted },
  };
  const nothing = { ...planned, calls: [] };
  if (key.budget === budget)
    return { ...nothing, already: true, effect: `${capital(name)} has this budget already.` };
  if (key.budget !== null && key.budget < budget)
    return { ...nothing, refusal: `Its budget is ${dollars(key.budget)} already, which is lower.` };
  if (key.blocked) return { ...nothing, refusal: `${capital(name)} is blocked: it spends nothing.` };
  return planned;
}

interface Change {
  readonly from: Budget;
  readonly to: Budget;
}

/** A budget that is neither is somebody else's decision, and stays. */
async function change(api: KeyApi, hash: string, { from, to }: Change): Promise<void> {
  const key = await api.read(hash);
  const now = key && { budget: key.budget, duration: key.budgetDuration };
  if (now && same(now, to)) return;
  if (now && !same(now, from))
    throw new AppError('CONFLICT', `Somebody changed the budget of the key to ${words(now)} meanwhile.`, {
      hint: 'It was left so. Propose it again if that is not what you want.',
    });
  await api.change('/key/update', hash, { max_budget: to.budget, budget_duration: to.duration });
}

async function verify(access: ActionAccess, planned: Planned, { from, to }: Change): Promise<Verified> {
  const name = nameOf(planned.input);
  const key = await openKeys(access).read(Before.parse(planned.before).hash);
  if (!key) return { state: 'gone', outcome: 'elsewhere', said: `Somebody deleted ${name}.` };
  const now: Budget = { budget: key.budget, duration: key.budgetDuration };
  const outcome = same(now, to) ? 'reached' : same(now, from) ? 'unchanged' : 'elsewhere';
  return { state: `budget ${words(now)}`, outcome, said: `The budget of ${name} is ${words(now)}.` };
}

function same(one: Budget, other: Budget): boolean {
  return one.budget === other.budget && one.duration === other.duration;
}

function words({ budget, duration }: Budget): string {
  return budget === null ? 'unlimited' : `${dollars(budget)}${per(duration)}`;
}
