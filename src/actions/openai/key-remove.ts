/** Deletes a key of an OpenAI project, for good: OpenAI can neither switch keys off nor bring them back. */
import * as z from 'zod';
import type { AdminApi } from '../admin-api.ts';
import { capital } from '../sentence.ts';
import type { ActionAccess, ActionInput, Planned, ProviderAction, Verified } from '../types.ts';
import { openOpenAi, projectPath, READ, readAll, reads, WRITE } from './client.ts';
import { ApiKey, ProjectPage } from './schema.ts';

const Before = z.object({ project: z.string(), key: z.string() });
const Ref = z.custom<ActionInput['ref']>(
  (value) => /^key_/.test((value as Partial<ActionInput['ref']> | null)?.parts?.key ?? ''),
  'expected a key of OpenAI',
);

export const keyRemove: ProviderAction = {
  id: 'openai.key-remove',
  about: {
    provider: 'openai',
    kinds: ['openai.key'],
    title: 'Delete OpenAI key',
    verb: 'delete',
    past: 'deleted',
    consequence:
      'Requests with this key are refused at once. The key cannot be brought back: whoever needs one makes a new one.',
    risk: 'high',
    validStates: ['active'],
    permissions: [
      reads('GET /v1/organization/projects', 'GET /v1/organization/projects/*/api_keys/*'),
      { permission: WRITE, for: 'run', resources: ['DELETE /v1/organization/projects/*/api_keys/*'] },
    ],
    example: 'proj_Lumen0Search/key_Batch7',
    savesPercent: 100,
  },
  input: z.object({ ref: Ref, parameters: z.strictObject({}) }),
  plan,
  async run(access, { before, input }) {
    const { project, key } = Before.parse(before);
    await openOpenAi(access).send({
      path: keyPath(project, key),
      method: 'DELETE',
      doing: `delete ${nameOf(input)}`,
      permission: WRITE,
      // Deleted already, by an earlier attempt.
      allow: [404],
    });
  },
  verify,
};

async function plan(access: ActionAccess, input: ActionInput): Promise<Planned> {
  const api = openOpenAi(access);
  const { key: id = '' } = input.ref.parts;
  const name = nameOf(input);
  const found = await find(api, input);
  if (!found)
    return {
      input,
      calls: [],
      effect: `${capital(name)} stays as it is.`,
      refusal: `OpenAI knows no key ${id} in ${input.ref.parts.project ?? 'the projects of this organization'} (any more).`,
      before: {},
    };
  const { project, key } = found;
  const details = [
    ['Name', key.name],
    ['Project', project],
    ['Owner', key.serviceAccount ?? key.owner],
    ['Last used', key.lastUsedAt?.toISOString().slice(0, 10) ?? 'unknown'],
  ] as const;
  const planned: Planned = {
    input,
    live: {
      state: 'active',
      createdAt: key.createdAt,
      tags: {},
      details: details.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }])),
    },
    calls: [`DELETE ${keyPath(project, id)}`],
    effect: `${capital(name)} (${key.name}) is deleted for good; requests with it are refused at once.`,
    before: { project, key: id },
  };
  if (key.serviceAccount !== undefined)
    return {
      ...planned,
      calls: [],
      refusal: `${capital(name)} belongs to the service account ${key.serviceAccount}: programs depend on it, and OpenAI may refuse to delete it alone. Throttle the project ${project} instead, or delete the service account in OpenAI's console.`,
    };
  return planned;
}

async function verify(access: ActionAccess, { before, input }: Planned): Promise<Verified> {
  const { project, key } = Before.parse(before);
  const found = await read(openOpenAi(access), project, key);
  return found
    ? { state: 'active', outcome: 'unchanged', said: `${capital(nameOf(input))} is still there.` }
    : { state: 'deleted', outcome: 'reached', said: `${capital(nameOf(input))} is deleted.` };
}

/** Keys are only found within their project; without it, each is asked. */
async function find(api: AdminApi, { ref }: ActionInput) {
  const { key: id = '', project: said } = ref.parts;
  const projects =
    said !== undefined
      ? [said]
      : ((
          await readAll(api, { path: '/organization/projects', doing: 'list the projects' }, ProjectPage)
        )?.map(({ id: project }) => project) ?? []);
  for (const project of projects) {
    const key = await read(api, project, id);
    if (key) return { project, key };
  }
  return undefined;
}

function read(api: AdminApi, project: string, key: string): Promise<ApiKey | undefined> {
  return api.read({ path: keyPath(project, key), doing: `read the key ${key}`, permission: READ }, ApiKey);
}

function keyPath(project: string, key: string): string {
  return `${projectPath(project)}/api_keys/${encodeURIComponent(key)}`;
}

function nameOf({ ref }: ActionInput): string {
  return `the key ${ref.name}`;
}
