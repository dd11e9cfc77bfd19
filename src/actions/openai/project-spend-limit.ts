/** Sets the hard monthly spend limit of an OpenAI project: beyond it, requests are refused. Undo restores what was there. */
import * as z from 'zod';
import { capital } from '../sentence.ts';
import type { ActionAccess, ActionInput, Planned, ProviderAction } from '../types.ts';
import { openOpenAi, projectPath, readProject, reads, WRITE } from './client.ts';
import { inputOf, liveProject, nameOf, projectOf, refusedProject } from './project-words.ts';
import { changeLimit, readLimit, verifyLimit, words } from './spend-limit-change.ts';

/** Whole cents; null for no limit. */
const Cents = z.int().nonnegative().nullable();
const Before = z.object({ old: Cents, wanted: z.int().positive() });
/** What any month that has begun has spent already, so that it stops at once. */
const STOP = '0.01';
const Parameters = z.strictObject({
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
    validStates: ['active', 'spend limit reached'],
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

/** "12.5" is 1250, exactly. */
function centsOf(text: string): number {
  const [whole = '0', part = ''] = text.split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}
