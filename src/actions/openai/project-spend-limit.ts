/** Sets the hard monthly spend limit of an OpenAI project: beyond it, requests are refused. Undo restores what was there. */
import * as z from 'zod';
import { AppError } from '../../core/errors.ts';
import type { AdminApi } from '../admin-api.ts';
import { capital } from '../sentence.ts';
import type { ActionAccess, ActionInput, Planned, ProviderAction, Verified } from '../types.ts';
import { openOpenAi, projectPath, READ, readProject, reads, WRITE } from './client.ts';
import { inputOf, liveProject, nameOf, projectOf, refusedProject } from './project-words.ts';
import { SpendLimit } from './schema.ts';

/** Whole cents; null for no limit. */
const Cents = z.int().nonnegative().nullable();
type Cents = z.infer<typeof Cents>;
const Before = z.object({ old: Cents, wanted: z.int().positive() });
/** What any month that has begun has spent already, so that it stops at once. */
const STOP = '0.01';
const Parameters = z.object({
  limit: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,2})?$/, 'expected an amount in US dollars such as "500"')
    .refine((text) => centsOf(text) > 0, 'expected at least 0.01')
    .optional(),
});

export const projectSpendLimit: ProviderAction = {
  id: 'openai.project-spend-limit',
  about: {
    provider: 'openai',
    kinds: ['openai.project'],
    title: 'Stop OpenAI project by spend limit',
    verb: 'limit the spend of',
    past: 'limited',
    consequence:
      'OpenAI answers 429 (project_spend_limit_exceeded) once the spend of the month reaches the limit, until the next month. It is not instant: some more may be spent.',
    risk: 'medium',
    validStates: ['active'],
    permissions: [
      reads('GET /v1/organization/projects/*', 'GET /v1/organization/projects/*/spend_limit'),
      { permission: WRITE, for: 'run', resources: ['POST /v1/organization/projects/*/spend_limit'] },
      {
        permission: WRITE,
        for: 'undo',
        resources: [
          'POST /v1/organization/projects/*/spend_limit',
          'DELETE /v1/organization/projects/*/spend_limit',
        ],
      },
    ],
    example: 'proj_Lumen0Search',
    savesPercent: 100,
  },
  input: inputOf(Parameters.transform(({ limit }) => ({ ...(limit !== undefined && { limit }) }))),
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
  const api = openOpenAi(access);
  const id = projectOf(input);
  const project = await readProject(api, id);
  const refused = refusedProject(input, project);
  if (refused || !project) return refused ?? { input, calls: [], effect: '', before: {} };
  const old = await readLimit(api, id);
  const wanted = centsOf(input.parameters.limit ?? STOP);
  const planned: Planned = {
    input,
    live: liveProject(project, old?.enforcing ? 'spend limit reached' : 'active', [
      ['Spend limit', words(old?.cents ?? null)],
    ]),
    calls: [`POST ${projectPath(id)}/spend_limit: threshold_amount ${wanted} cents, interval month`],
    effect: `${capital(nameOf(input))} is refused by OpenAI once it has spent ${words(wanted)} in a month${
      wanted === centsOf(STOP) ? ', so until the month ends' : ''
    }; now the limit is ${words(old?.cents ?? null)}.`,
    before: { old: old?.cents ?? null, wanted },
  };
  if (old && old.cents === wanted)
    return {
      ...planned,
      calls: [],
      already: true,
      effect: `${capital(nameOf(input))} has this spend limit already.`,
    };
  if (old && old.cents < wanted)
    return {
      ...planned,
      calls: [],
      refusal: `Its spend limit is ${words(old.cents)} already, which is lower.`,
    };
  return planned;
}

interface Change {
  readonly from: Cents;
  readonly to: Cents;
}

/** A limit that is neither is somebody else's decision, and stays. */
async function change(access: ActionAccess, { input }: Planned, { from, to }: Change): Promise<void> {
  const api = openOpenAi(access);
  const id = projectOf(input);
  const now = (await readLimit(api, id))?.cents ?? null;
  if (now === to) return;
  if (now !== from)
    throw new AppError(
      'CONFLICT',
      `Somebody changed the spend limit of ${nameOf(input)} to ${words(now)} meanwhile.`,
      {
        hint: 'It was left so. Propose it again if that is not what you want.',
      },
    );
  const request = { path: `${projectPath(id)}/spend_limit`, permission: WRITE };
  if (to === null)
    await api.send({
      ...request,
      method: 'DELETE',
      doing: `take the spend limit off ${nameOf(input)}`,
      allow: [404],
    });
  else
    await api.send({
      ...request,
      method: 'POST',
      body: { threshold_amount: to, currency: 'USD', interval: 'month' },
      doing: `set the spend limit of ${nameOf(input)}`,
    });
}

async function verify(access: ActionAccess, { input }: Planned, { from, to }: Change): Promise<Verified> {
  const api = openOpenAi(access);
  const id = projectOf(input);
  const now = (await readLimit(api, id))?.cents ?? null;
  // No limit, or no project: the answer is the same.
  if (now === null && !(await readProject(api, id)))
    return { state: 'gone', outcome: 'elsewhere', said: `${capital(nameOf(input))} is gone.` };
  return {
    state: `spend limit ${words(now)}`,
    outcome: now === to ? 'reached' : now === from ? 'unchanged' : 'elsewhere',
    said: `The spend limit of ${nameOf(input)} is ${words(now)}.`,
  };
}

/** Undefined when there is none. */
function readLimit(api: AdminApi, project: string): Promise<SpendLimit | undefined> {
  return api.read(
    {
      path: `${projectPath(project)}/spend_limit`,
      doing: `read the spend limit of the project ${project}`,
      permission: READ,
    },
    SpendLimit,
  );
}

/** "12.5" is 1250, exactly. */
function centsOf(text: string): number {
  const [whole = '0', part = ''] = text.split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

function words(cents: Cents): string {
  return cents === null
    ? 'none'
    : `$${(cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
