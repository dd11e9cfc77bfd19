/** What switching off would do to a key of Anthropic, or to the keys of a workspace. */
import type { AdminApi } from '../admin-api.ts';
import { capital } from '../sentence.ts';
import type { ActionInput, LiveResource, Planned } from '../types.ts';
import { keyPath, readKey, readKeys, readWorkspace } from './client.ts';
import type { ApiKey } from './schema.ts';

const NAMED = 5;

export async function planKey(api: AdminApi, input: ActionInput): Promise<Planned> {
  const { key: id = '', workspace } = input.ref.parts;
  const name = `the key ${input.ref.name}`;
  const key = await readKey(api, id);
  if (!key) return gone(input, name, `Anthropic knows no key ${id} in this organization (any more).`);
  const live: LiveResource = {
    state: key.status,
    ...(key.createdAt && { createdAt: key.createdAt }),
    tags: {},
    details: [
      { label: 'Name', value: key.name },
      { label: 'Workspace', value: key.workspace ?? 'Default' },
      ...(key.expires ? [{ label: 'Expires', value: key.expires.toISOString().slice(0, 10) }] : []),
    ],
  };
  const planned: Planned = {
    input,
    live,
    calls: [callOf(key)],
    effect: `Requests with ${name} (${key.name}) are refused until it is switched on again.`,
    before: remember([key]),
  };
  const nothing = { ...planned, calls: [] };
  // What is allowed was decided by the workspace on the bill.
  if (workspace !== undefined && key.workspace !== undefined && key.workspace !== workspace)
    return {
      ...nothing,
      refusal: `${capital(name)} belongs to the workspace ${key.workspace}, not to ${workspace}.`,
    };
  if (key.status === 'inactive')
    return { ...nothing, already: true, effect: `${capital(name)} is switched off already.` };
  if (key.status !== 'active')
    return { ...nothing, refusal: `${capital(name)} is ${key.status}: nobody can use it any more.` };
  return planned;
}

export async function planWorkspace(api: AdminApi, input: ActionInput): Promise<Planned> {
  const { workspace: id = '' } = input.ref.parts;
  const name = `the workspace ${input.ref.name}`;
  const workspace = await readWorkspace(api, id);
  if (!workspace)
    return gone(input, name, `Anthropic knows no workspace ${id} in this organization (any more).`);
  const keys = workspace.archivedAt ? [] : await readKeys(api, id, 'active');
  const state = workspace.archivedAt ? 'archived' : keys.length === 0 ? 'no active keys' : 'active';
  const planned: Planned = {
    input,
    live: {
      state,
      ...(workspace.createdAt && { createdAt: workspace.createdAt }),
      tags: workspace.tags,
      details: [
        { label: 'Workspace', value: workspace.name },
        { label: 'Active keys', value: String(keys.length) },
      ],
    },
    calls: keys.map(callOf),
    effect: `${keys.length === 1 ? 'The one active key' : `All ${keys.length} active keys`} of ${name} ${
      keys.length === 1 ? 'is' : 'are'
    } refused until switched on again: ${named(keys)}.`,
    before: remember(keys),
  };
  if (workspace.archivedAt)
    return {
      ...planned,
      effect: `${capital(name)} stays as it is.`,
      refusal: `${capital(name)} is archived: its keys are off.`,
    };
  if (keys.length === 0) return { ...planned, already: true, effect: `${capital(name)} has no active key.` };
  return planned;
}

function gone(input: ActionInput, name: string, refusal: string): Planned {
  return { input, calls: [], effect: `${capital(name)} stays as it is.`, refusal, before: {} };
}

function callOf({ id, name }: ApiKey): string {
  return `POST /v1${keyPath(id)}: status inactive (${name})`;
}

function remember(keys: readonly ApiKey[]): Planned['before'] {
  return { keys: keys.map(({ id, name }) => ({ id, name })) };
}

function named(keys: readonly ApiKey[]): string {
  const first = keys.slice(0, NAMED).map(({ name }) => name);
  const more = keys.length - first.length;
  return more > 0 ? `${first.join(', ')} and ${more} more` : first.join(', ');
}
