/** The hard monthly spend limit of an OpenAI project: read, changed unless somebody else did, and looked at again. */
import { AppError } from '../../core/errors.ts';
import type { AdminApi } from '../admin-api.ts';
import { capital } from '../sentence.ts';
import type { ActionAccess, Planned, Verified } from '../types.ts';
import { openOpenAi, projectPath, READ, readProject, WRITE } from './client.ts';
import { nameOf, projectOf } from './project-words.ts';
import { SpendLimit } from './schema.ts';

/** Whole cents; null for no limit. */
export type Cents = number | null;

export interface Change {
  readonly from: Cents;
  readonly to: Cents;
}

/** A limit that is neither is somebody else's decision, and stays. */
export async function changeLimit(
  access: ActionAccess,
  { input }: Planned,
  { from, to }: Change,
): Promise<void> {
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

export async function verifyLimit(
  access: ActionAccess,
  { input }: Planned,
  { from, to }: Change,
): Promise<Verified> {
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
export function readLimit(api: AdminApi, project: string): Promise<SpendLimit | undefined> {
  return api.read(
    {
      path: `${projectPath(project)}/spend_limit`,
      doing: `read the spend limit of the project ${project}`,
      permission: READ,
    },
    SpendLimit,
  );
}

export function words(cents: Cents): string {
  return cents === null
    ? 'none'
    : `$${(cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
