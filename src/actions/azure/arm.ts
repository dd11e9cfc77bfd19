/** Asks Azure Resource Manager: things, lists, changes that go on by themselves, refusals in words. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess } from '../types.ts';
import { armError, inWords, refusal } from './errors.ts';
import { type ArmChange, type ArmRequest, lostAnswer, sendArm } from './send.ts';

/** How long an accepted change is given before it is looked at for an early failure. */
const FIRST_LOOK = 2_000;
const PAGES = 50;

/** "/subscriptions/S/resourceGroups/G/providers/Microsoft.Compute/virtualMachines/NAME" of its names. */
export function pathOf(subscription: string, group: string, provider: string, ...rest: string[]): string {
  const [sub, resourceGroup, ...segments] = [subscription, group, ...rest].map(encodeURIComponent);
  return `/subscriptions/${sub}/resourceGroups/${resourceGroup}/providers/${[provider, ...segments].join('/')}`;
}

/** Resolves to undefined when there is no such thing (404). Throws UPSTREAM. */
export async function readArm(access: ActionAccess, request: ArmRequest): Promise<unknown> {
  const { status, body } = await sendArm(access, request);
  if (status === 404) return undefined;
  if (status === 200 && body !== undefined) return body;
  throw refusal(status, armError(body), request.doing, request.permission);
}

/** All pages of a list; undefined when what it is a list of does not exist. Throws UPSTREAM. */
export async function listArm(access: ActionAccess, request: ArmRequest): Promise<unknown[] | undefined> {
  const items: unknown[] = [];
  let next: ArmRequest | undefined = request;
  for (let page = 0; next && page < PAGES; page++) {
    const body: unknown = await readArm(access, next);
    if (typeof body !== 'object' || body === null || !('value' in body) || !Array.isArray(body.value))
      return page === 0 && body === undefined ? undefined : items;
    items.push(...body.value);
    const link: unknown = 'nextLink' in body ? body.nextLink : undefined;
    next = typeof link === 'string' && link ? follow(request, link) : undefined;
  }
  if (!next) return items;
  throw new AppError('UPSTREAM', `Azure's list has no end (asked to ${request.doing}).`, {
    hint: 'Nothing was changed. Look at the resource in the Azure portal.',
  });
}

/**
 * Sends a change. Resolves when Azure took it; it goes on by itself, but an early failure is noticed. Throws UPSTREAM
 * for refusals, NOT_FOUND when it is gone, and `uncertain` when the answer was lost.
 */
export async function changeArm(access: ActionAccess, change: ArmChange): Promise<void> {
  const { status, headers, body } = await sendArm(access, change);
  if (status === 404)
    throw new AppError('NOT_FOUND', `Azure could not ${change.doing}: it is gone.`, {
      hint: 'Nothing is left to be done.',
    });
  if (status >= 500) throw lostAnswer(change, inWords(status, armError(body)));
  if (status < 200 || status >= 300) throw refusal(status, armError(body), change.doing, change.permission);
  const operation = headers.get('azure-asyncoperation');
  if (operation && change.operations) await noticeFailure(access, change, operation);
}

/** Most refusals of capacity or quota come within the first seconds, after the change was accepted. */
async function noticeFailure(access: ActionAccess, change: ArmChange, operation: string): Promise<void> {
  const request = follow(change, operation);
  if (!request) return;
  const pause = sleep(FIRST_LOOK * access.pace, undefined, { signal: access.signal });
  // Who is told to stop meanwhile must not say that the change failed: it was accepted.
  const waited = await pause.then(
    () => true,
    () => false,
  );
  if (!waited) return;
  const sent = await sendArm(access, request).catch((error: unknown) => {
    // The change is under way all the same; what became of it is read from the resource.
    access.log('an operation of Azure could not be looked at', { why: String(error) });
    return undefined;
  });
  const body = sent?.status === 200 ? sent.body : undefined;
  const state = typeof body === 'object' && body !== null && 'status' in body ? body.status : undefined;
  if (state !== 'Failed' && state !== 'Canceled') return;
  throw new AppError('UPSTREAM', `Azure could not ${change.doing}: ${inWords(200, armError(body))}`, {
    hint: 'It was accepted and then failed: look at the activity log of the resource in the Azure portal.',
  });
}

/** Only path and query are taken from a link, so that the token stays at the address it is for. */
function follow({ doing, permission, version }: ArmRequest, link: string): ArmRequest | undefined {
  if (!URL.canParse(link)) return undefined;
  const { pathname, searchParams } = new URL(link);
  const query = Object.fromEntries(searchParams);
  return { path: pathname, query, version: query['api-version'] ?? version, doing, permission };
}
