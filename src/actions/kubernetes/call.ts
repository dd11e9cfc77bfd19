/** One call of the Kubernetes API: waits when it is throttled, says what went wrong, knows when it may have gone through. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess } from '../types.ts';
import { forget } from './connect.ts';
import { type Refused, refusal, refusedOf } from './errors.ts';

export interface CallFacts {
  /** After "Kubernetes refused to": "scale deployment ranker to 0". */
  readonly doing: string;
  /** Verb, API group, resource: "patch apps deployments/scale". */
  readonly permission: string;
  readonly namespace: string;
}

const ATTEMPTS = 5;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

/** Undefined for what is gone. Throws UPSTREAM. */
export async function read<T>(
  access: ActionAccess,
  facts: CallFacts,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  const answer = await retrying(access, facts, ask, (refused) => refused.status >= 500);
  if ('value' in answer) return answer.value;
  if (answer.refused.status === 404) return undefined;
  throw refusal(answer.refused, facts.doing, facts.permission, facts.namespace);
}

/**
 * Resolves to false when somebody changed the object since it was read (409): it is to be read again. Throws UPSTREAM,
 * `uncertain` when the answer was lost.
 */
export async function write(
  access: ActionAccess,
  facts: CallFacts,
  ask: () => Promise<unknown>,
): Promise<boolean> {
  const answer = await retrying(access, facts, ask);
  if ('value' in answer) return true;
  const { refused } = answer;
  if (refused.status === 409) return false;
  if (refused.status >= 500) throw lost(facts, refused.message || `HTTP ${refused.status}`);
  throw refusal(refused, facts.doing, facts.permission, facts.namespace);
}

/** Reads and changes an object until nobody else changed it in between. */
export async function untilUnchallenged(
  facts: Pick<CallFacts, 'doing' | 'permission' | 'namespace'>,
  attempt: () => Promise<boolean>,
): Promise<void> {
  for (let tried = 0; tried < ATTEMPTS; tried++) if (await attempt()) return;
  throw refusal(
    { status: 409, reason: 'Conflict', message: '' },
    facts.doing,
    facts.permission,
    facts.namespace,
  );
}

type Answer<T> = { readonly value: T } | { readonly refused: Refused };

async function retrying<T>(
  access: ActionAccess,
  facts: CallFacts,
  ask: () => Promise<T>,
  /** Given where nothing is changed: such refusals pass, and so do broken connections. */
  passes?: (refused: Refused) => boolean,
): Promise<Answer<T>> {
  for (let tried = 1; ; tried++) {
    access.signal.throwIfAborted();
    const answer = await once(facts, ask, passes === undefined);
    if ('value' in answer) return answer;
    const { refused } = answer;
    if (refused.status === 401) forget(access);
    const passing = refused.status === 429 || refused.status === 0 || (passes?.(refused) ?? false);
    if (!passing) return answer;
    if (tried === ATTEMPTS) throw patienceEnds(refused, facts);
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tried - 1) * (0.5 + access.random() / 2));
    await sleep(wait * access.pace, undefined, { signal: access.signal });
  }
}

/** A connection that failed is a refusal with status 0, unless a change may have gone through it. */
async function once<T>(facts: CallFacts, ask: () => Promise<T>, changes: boolean): Promise<Answer<T>> {
  try {
    return { value: await ask() };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const refused = refusedOf(error);
    if (refused) return { refused };
    const why = error instanceof Error ? error.message : String(error);
    // A connection that was never made carried nothing.
    if (changes && !/ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(why)) throw lost(facts, why);
    return { refused: { status: 0, reason: 'no connection', message: why } };
  }
}

function lost({ doing }: CallFacts, why: string): AppError {
  return new AppError(
    'UPSTREAM',
    `Kubernetes was asked to ${doing}, but its answer was lost (${why.slice(0, 200)}).`,
    {
      hint: 'It may have been done all the same: its state is read before anything else happens.',
      uncertain: true,
    },
  );
}

function patienceEnds({ status, message }: Refused, { doing }: CallFacts): AppError {
  const why = status === 429 ? `it is asked too often (HTTP 429, ${ATTEMPTS} times)` : message.slice(0, 200);
  return new AppError('UPSTREAM', `Kubernetes could not be asked to ${doing}: ${why || `HTTP ${status}`}.`, {
    hint: 'Nothing was changed. Check that the cluster answers, and try again in some minutes.',
  });
}
