/** Tells about budget requests: the approvers that one waits, everybody asked and the asker what became of it. */
import type { BudgetTerms } from '../../core/budget.ts';
import { dayInZone } from '../../core/day.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { enqueue, type OutgoingMessage } from '../../store/outbox.ts';
import { postedPlaces } from '../../store/posted-messages.ts';
import type { NoticePlace } from '../../store/source-notices.ts';
import type { View } from '../../view/elements.ts';
import {
  type AboveShown,
  composeBudgetRequest,
  composeRequestEnded,
  type RequestShown,
} from '../../view/messages/budget-requests.ts';
import type { BudgetLine } from '../budget-report.ts';
import { type ButtonHome, type NewId, registerButtons } from '../buttons.ts';
import type { Context } from '../context.ts';
import { idsOf } from '../person-ids.ts';
import { type Approver, personOf } from './approvers.ts';

interface Telling {
  readonly context: Pick<Context, 'now' | 'settings'>;
  readonly newId: NewId;
}

/** Writes the question into the outbox, once per place; resolves to how many messages it wrote. */
export async function tellRequest(
  tx: StoreTransaction,
  { context, newId }: Telling,
  request: RequestShown,
  {
    places,
    approvers,
    budget,
    above,
  }: {
    readonly places: readonly NoticePlace[];
    readonly approvers: readonly Approver[];
    readonly budget?: BudgetLine;
    readonly above?: AboveShown;
  },
): Promise<number> {
  const { timeZone } = context.settings;
  const today = dayInZone(context.now(), timeZone);
  const messages: OutgoingMessage[] = [];
  for (const place of places) {
    const shown = approvers.map(({ name, identities }) => ({ name, ids: idsOf(identities) }));
    const view = composeBudgetRequest(request, {
      today,
      timeZone,
      approvers: shown,
      ...(budget && { budget }),
      ...(above && { above }),
    });
    messages.push({
      key: `${keyStart(request)}${place.platform}:${place.channel}`,
      about: `budget request ${request.id}`,
      ...place,
      view: await withButtons(tx, { context, newId }, view, place),
    });
  }
  await enqueue(tx, messages, new Date(context.now()));
  return messages.length;
}

/** Writes what became of it into the threads of the question, and to the asker (unless they ended it themselves). */
export async function tellEnded(
  tx: StoreTransaction,
  { context, newId }: Telling,
  request: RequestShown,
  requestedBy: string,
): Promise<number> {
  const view = composeRequestEnded(request);
  const asked = await postedPlaces(tx, keyStart(request));
  const messages: OutgoingMessage[] = [];
  for (const { key, ...place } of asked)
    messages.push({
      key: `budget-request-end:${request.id} ${place.platform}:${place.channel}`,
      about: `budget request ${request.id}`,
      ...place,
      threadKey: key,
      view: await withButtons(tx, { context, newId }, view, place),
    });
  const asker = request.status === 'withdrawn' ? undefined : personOf(requestedBy);
  if (asker)
    messages.push({
      key: `budget-request-end:${request.id} to ${requestedBy}`,
      about: `budget request ${request.id}`,
      platform: asker.platform,
      channel: asker.id,
      view: await withButtons(tx, { context, newId }, view, { platform: asker.platform, direct: true }),
    });
  await enqueue(tx, messages, new Date(context.now()));
  return messages.length;
}

function keyStart({ id }: Pick<RequestShown, 'id'>): string {
  return `budget-request:${id} `;
}

async function withButtons(
  tx: StoreTransaction,
  { context, newId }: Telling,
  view: View,
  home: ButtonHome,
): Promise<string> {
  return JSON.stringify(await registerButtons({ now: context.now, store: tx }, newId, view, home));
}

/** The terms of a request alone. */
export function termsOf({
  period,
  metric,
  amountMicros,
  currency,
  startDay,
  endDay,
}: BudgetTerms): BudgetTerms {
  return {
    period,
    ...(metric && { metric }),
    amountMicros,
    currency,
    ...(startDay && { startDay }),
    ...(endDay && { endDay }),
  };
}
