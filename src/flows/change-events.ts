/** Keeps what pipelines and people tell of changes, once each, under the names that costs have. */
import { type Actor, actorKey } from '../core/actor.ts';
import { AppError } from '../core/errors.ts';
import { redact } from '../core/secret.ts';
import { appendAudit } from '../store/audit.ts';
import {
  addChange,
  findChange,
  type NewChange,
  replaceChange,
  type StoredChange,
} from '../store/change-events.ts';
import type { StoreTransaction } from '../store/open.ts';
import { lockForWriting } from '../store/write-lock.ts';
import type { ChangeInput } from './change-events/schema.ts';
import type { Context } from './context.ts';
import { findName } from './find-name.ts';

export type { ChangeInput } from './change-events/schema.ts';

export interface RecordedChange {
  readonly change: StoredChange;
  /** False: it was told before under the same id. */
  readonly created: boolean;
  /** In words: names that no cost has. */
  readonly warnings: readonly string[];
}

/** Clocks of pipelines differ by so much. */
const AHEAD_MS = 24 * 3_600_000;
const EARLIEST = Date.UTC(2015, 0, 1);

/**
 * Keeps one change. With an id of its own it is kept once: told again it is corrected. Names of models, teams and services
 * are found as in commands (also by alias); one that is not known is kept as told, with a warning. Throws INVALID for a time
 * that cannot be.
 */
export async function recordChange(
  context: Context,
  actor: Actor,
  input: ChangeInput,
): Promise<RecordedChange> {
  const [recorded] = await recordChanges(context, actor, [input]);
  if (!recorded) throw new AppError('INTERNAL', 'The event was not kept.');
  return recorded;
}

/** The same for several, all of them or none. */
export async function recordChanges(
  context: Context,
  actor: Actor,
  inputs: readonly ChangeInput[],
): Promise<RecordedChange[]> {
  const wanted: Wanted[] = [];
  for (const [index, input] of inputs.entries())
    wanted.push(await resolve(context, actor, input, inputs.length > 1 ? `${index}.` : ''));
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const recorded: RecordedChange[] = [];
    for (const one of wanted) recorded.push(await keep(tx, context, actor, one));
    return recorded;
  });
}

interface Wanted {
  readonly change: NewChange;
  readonly warnings: readonly string[];
}

async function keep(
  tx: StoreTransaction,
  context: Context,
  actor: Actor,
  { change, warnings }: Wanted,
): Promise<RecordedChange> {
  const before = change.externalId === undefined ? undefined : await findChange(tx, change.externalId);
  if (before && sameChange(before, change)) return { change: before, created: false, warnings };
  const after = before
    ? await replaceChange(tx, before.id, { ...change, receivedAt: before.receivedAt })
    : await addChange(tx, change);
  await appendAudit(tx, {
    at: new Date(context.now()),
    actor: actorKey(actor),
    action: before ? 'change.update' : 'change.add',
    subject: `change:${after.id}`,
    ...(before && { before: JSON.stringify(before) }),
    after: JSON.stringify(after),
  });
  return { change: after, created: before === undefined, warnings };
}

function sameChange(before: StoredChange, after: NewChange): boolean {
  const said = ({ receivedAt, ...change }: NewChange) => {
    const entries = Object.entries(change).filter(([key, value]) => key !== 'id' && value !== undefined);
    return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return said(before) === said(after);
}

async function resolve(context: Context, actor: Actor, input: ChangeInput, place: string): Promise<Wanted> {
  const { id, at, title, url, sender, environment, version, kind } = input;
  const now = context.now();
  const moment = at === undefined ? now : Date.parse(at);
  if (moment > now + AHEAD_MS || moment < EARLIEST)
    throw new AppError('INVALID', `${place}at: expected a time that was, found ${at}.`, {
      hint: 'Write when the change was made, as an ISO time; leave it out for now.',
    });
  const warnings: string[] = [];
  const named: { team?: string; model?: string; service?: string } = {};
  for (const key of ['team', 'model', 'service'] as const) {
    const typed = input[key];
    if (typed === undefined) continue;
    const found = await findName(context, key, typed);
    named[key] = found.name ?? typed;
    if (found.name === undefined)
      warnings.push(`${place}${key}: nothing is called "${typed}" yet; kept as it was told.`);
  }
  return {
    warnings,
    change: {
      ...(id !== undefined && { externalId: id }),
      at: new Date(moment),
      kind,
      // Titles are often commit messages, and those hold anything.
      title: redact(title),
      ...named,
      ...(environment !== undefined && { environment }),
      ...(version !== undefined && { version }),
      ...(url !== undefined && { url: redact(url) }),
      sender: sender ?? actorKey(actor),
      receivedAt: new Date(now),
    },
  };
}
