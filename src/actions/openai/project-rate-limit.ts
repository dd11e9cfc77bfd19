/** Lowers every model's requests per minute of an OpenAI project to one, the least there is. Undo restores each. */
import * as z from 'zod';
import type { AdminApi } from '../admin-api.ts';
import { eachOf } from '../each-of.ts';
import { capital } from '../sentence.ts';
import type { ActionAccess, ActionInput, Planned, ProviderAction, Verified } from '../types.ts';
import { openOpenAi, projectPath, readAll, readProject, reads, WRITE } from './client.ts';
import { inputOf, liveProject, nameOf, projectOf, refusedProject } from './project-words.ts';
import { type RateLimit, RateLimitPage } from './schema.ts';

const LEAST = 1;
const NAMED = 3;
const Before = z.object({
  limits: z.array(z.object({ id: z.string(), model: z.string(), requests: z.number() })),
});

export const projectRateLimit: ProviderAction = {
  id: 'openai.project-rate-limit',
  about: {
    provider: 'openai',
    kinds: ['openai.project'],
    title: 'Throttle OpenAI project',
    verb: 'throttle',
    past: 'throttled',
    consequence:
      'Every model of the project takes 1 request a minute, the least OpenAI allows: it is throttled, not off. Batches that are queued already go on.',
    risk: 'medium',
    validStates: ['active'],
    permissions: [
      reads('GET /v1/organization/projects/*', 'GET /v1/organization/projects/*/rate_limits'),
      { permission: WRITE, for: 'run', resources: ['POST /v1/organization/projects/*/rate_limits/*'] },
      { permission: WRITE, for: 'undo', resources: ['POST /v1/organization/projects/*/rate_limits/*'] },
    ],
    example: 'proj_Lumen0Search',
    // One request a minute still costs something, and how much is theirs to say.
    savesPercent: 95,
  },
  input: inputOf(z.strictObject({})),
  plan,
  run: (access, planned) => change(access, planned, 'lower'),
  verify: (access, planned) => verify(access, planned, 'lower'),
  undo: {
    title: 'Restore rate limits',
    past: 'given its rate limits back',
    hours: 24 * 30,
    run: (access, planned) => change(access, planned, 'restore'),
    verify: (access, planned) => verify(access, planned, 'restore'),
  },
};

async function plan(access: ActionAccess, input: ActionInput): Promise<Planned> {
  const api = openOpenAi(access);
  const id = projectOf(input);
  const project = await readProject(api, id);
  const refused = refusedProject(input, project);
  if (refused || !project) return refused ?? { input, calls: [], effect: '', before: {} };
  const limits = (await readLimits(api, id)) ?? [];
  const higher = limits.filter(({ requests }) => requests > LEAST);
  const planned: Planned = {
    input,
    live: liveProject(project, higher.length > 0 ? 'active' : 'throttled', [
      ['Models', String(limits.length)],
      ['Requests per minute', rangeOf(limits)],
    ]),
    calls: higher.map(
      ({ id: limit, requests }) =>
        `POST ${projectPath(id)}/rate_limits/${limit}: max_requests_per_1_minute ${requests} → ${LEAST}`,
    ),
    effect: `${capital(nameOf(input))}: 1 request a minute for ${named(higher)} (now ${rangeOf(higher)} a minute). Batches already queued go on.`,
    before: { limits: higher },
  };
  if (limits.length === 0)
    return { ...planned, refusal: `OpenAI names no rate limits for ${nameOf(input)} that could be lowered.` };
  if (higher.length === 0)
    return { ...planned, already: true, effect: `${capital(nameOf(input))} has 1 request a minute already.` };
  return planned;
}

type Direction = 'lower' | 'restore';

/** Those that are so already are not asked again, so a second attempt goes on where the first one ended. */
async function change(access: ActionAccess, planned: Planned, direction: Direction): Promise<void> {
  const api = openOpenAi(access);
  const id = projectOf(planned.input);
  const { limits } = Before.parse(planned.before);
  const now = new Map((await readLimits(api, id))?.map((limit) => [limit.id, limit.requests]));
  await eachOf(
    limits.flatMap(({ id: limit, model, requests }) => {
      const wanted = direction === 'lower' ? LEAST : requests;
      // A model that is not offered any more has no limit either.
      return now.get(limit) === undefined || now.get(limit) === wanted ? [] : [{ limit, model, wanted }];
    }),
    'models',
    async ({ limit, model, wanted }) => {
      await api.send({
        path: `${projectPath(id)}/rate_limits/${encodeURIComponent(limit)}`,
        method: 'POST',
        body: { max_requests_per_1_minute: wanted },
        doing: `set the rate limit of ${model} in ${nameOf(planned.input)}`,
        permission: WRITE,
      });
    },
  );
}

async function verify(access: ActionAccess, planned: Planned, direction: Direction): Promise<Verified> {
  const name = nameOf(planned.input);
  const { limits } = Before.parse(planned.before);
  const now = new Map(
    (await readLimits(openOpenAi(access), projectOf(planned.input)))?.map((limit) => [
      limit.id,
      limit.requests,
    ]),
  );
  const left = limits.filter(({ id }) => now.has(id));
  if (left.length === 0)
    return { state: 'gone', outcome: 'elsewhere', said: `${capital(name)} or its rate limits are gone.` };
  const low = left.filter(({ id }) => now.get(id) === LEAST).length;
  const high = left.filter(({ id, requests }) => now.get(id) === requests).length;
  const [there, before] = direction === 'lower' ? [low, high] : [high, low];
  const state = low === left.length ? 'throttled' : high === left.length ? 'active' : 'partly throttled';
  if (there === left.length)
    return {
      state,
      outcome: 'reached',
      said:
        direction === 'lower'
          ? `${capital(name)} takes 1 request a minute for each of ${left.length} models.`
          : `${capital(name)} has its rate limits back.`,
    };
  if (before === left.length)
    return { state, outcome: 'unchanged', said: `The rate limits of ${name} are as before.` };
  return {
    state,
    outcome: 'elsewhere',
    said: `${there} of ${left.length} models of ${name} are changed, the others not.`,
  };
}

function readLimits(api: AdminApi, project: string): Promise<RateLimit[] | undefined> {
  return readAll(
    api,
    { path: `${projectPath(project)}/rate_limits`, doing: `read the rate limits of the project ${project}` },
    RateLimitPage,
  );
}

function rangeOf(limits: readonly RateLimit[]): string {
  const all = limits.map(({ requests }) => requests);
  if (all.length === 0) return 'none';
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const words = (count: number) => count.toLocaleString('en-US');
  return least === most ? words(least) : `${words(least)} to ${words(most)}`;
}

function named(limits: readonly RateLimit[]): string {
  const first = limits.slice(0, NAMED).map(({ model }) => model);
  const more = limits.length - first.length;
  return more > 0 ? `${first.join(', ')} and ${more} more models` : first.join(', ');
}
