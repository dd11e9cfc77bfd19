/** Blocks a key of a LiteLLM proxy: requests with it are refused at once. Undo unblocks it. */
import * as z from 'zod';
import { capital } from '../sentence.ts';
import type { ActionAccess, ActionInput, Planned, ProviderAction, Verified } from '../types.ts';
import { openKeys, READS, shown } from './client.ts';
import { HASH, inputOf, liveKey, nameOf, refused } from './key-words.ts';

const Before = z.object({ hash: HASH });

export const keyBlock: ProviderAction = {
  id: 'litellm.key-block',
  about: {
    provider: 'litellm',
    kinds: ['litellm.key'],
    title: 'Block LiteLLM key',
    verb: 'block',
    past: 'blocked',
    consequence: 'The proxy refuses every request with this key at once; nothing of the key is lost.',
    risk: 'low',
    validStates: ['active'],
    permissions: [
      ...READS,
      { permission: 'POST /key/block', for: 'run' },
      { permission: 'POST /key/unblock', for: 'undo' },
    ],
    example: 'litellm:alias/search-batch',
    savesPercent: 100,
  },
  input: inputOf(z.strictObject({})),
  plan,
  async run(access, { before }) {
    const api = openKeys(access);
    const { hash } = Before.parse(before);
    // Blocked already, by an earlier attempt: nothing is asked a second time.
    if ((await api.read(hash))?.blocked !== true) await api.change('/key/block', hash);
  },
  verify: (access, planned) => verify(access, planned, true),
  undo: {
    title: 'Unblock',
    past: 'unblocked',
    hours: 24 * 30,
    async run(access, { before }) {
      const api = openKeys(access);
      const { hash } = Before.parse(before);
      if ((await api.read(hash))?.blocked !== false) await api.change('/key/unblock', hash);
    },
    verify: (access, planned) => verify(access, planned, false),
  },
};

async function plan(access: ActionAccess, input: ActionInput): Promise<Planned> {
  const found = await openKeys(access).find(input.ref.parts);
  const name = nameOf(input);
  if ('missing' in found) return refused(input, found.missing);
  const { key } = found;
  const planned: Planned = {
    input,
    live: liveKey(key, access.now()),
    calls: [`POST /key/block for ${shown(key.hash)}`],
    effect: `LiteLLM refuses every request with ${name} until it is unblocked.`,
    before: { hash: key.hash, blocked: key.blocked },
  };
  if (key.blocked)
    return { ...planned, calls: [], effect: `${capital(name)} is blocked already.`, already: true };
  if (key.expires && key.expires.getTime() <= access.now())
    return { ...planned, calls: [], refusal: `${capital(name)} has expired: nobody can use it any more.` };
  return planned;
}

async function verify(access: ActionAccess, planned: Planned, wanted: boolean): Promise<Verified> {
  const name = nameOf(planned.input);
  const key = await openKeys(access).read(Before.parse(planned.before).hash);
  if (!key) return { state: 'gone', outcome: 'elsewhere', said: `Somebody deleted ${name}.` };
  const state = key.blocked ? 'blocked' : 'active';
  return key.blocked === wanted
    ? {
        state,
        outcome: 'reached',
        said: wanted ? `${capital(name)} is blocked.` : `${capital(name)} can be used again.`,
      }
    : {
        state,
        outcome: 'unchanged',
        said: wanted ? `${capital(name)} is not blocked.` : `${capital(name)} is still blocked.`,
      };
}
