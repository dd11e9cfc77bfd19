/** A button that works once: whoever is first has it, and a refused command gives it back. */
import { type Actor, actorKey } from '../core/actor.ts';
import { dayInZone } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import { type ButtonUse, claimButton, readUse, releaseButton } from '../store/buttons.ts';
import { whenFree } from '../store/write-lock.ts';
import { formatTime } from '../view/format.ts';
import type { Context } from './context.ts';
import { directoryOf } from './introduce.ts';
import { refusal } from './refused.ts';
import { actorNames } from './standing.ts';

export interface Click {
  readonly id: string;
  readonly actor: Actor;
  /** The command it stands for: where to see what became of it. */
  readonly text: string;
}

/**
 * Runs the work of a button that works once. Throws CONFLICT, saying who used it and when, to everybody after the first.
 * What the work refuses (AppError) leaves it to be clicked again; anything else leaves it used, because the work may have
 * been done: so does a crash.
 */
export async function runOnce<T>(context: Context, click: Click, work: () => Promise<T>): Promise<T> {
  const { store, now, shelf } = context;
  // It must stand in the database before it can be marked there.
  if (shelf?.find(click.id)) await shelf.settle();
  const use: ButtonUse = { at: new Date(now()), by: actorKey(click.actor) };
  if (!(await whenFree(() => claimButton(store, click.id, use)))) throw await usedBefore(context, click);
  try {
    return await work();
  } catch (error) {
    if (isRefused(error)) await whenFree(() => releaseButton(store, click.id, use));
    throw error;
  }
}

/** Throws CONFLICT when a button that works once was used. */
export async function refuseUsed(context: Context, click: Click): Promise<void> {
  if (await readUse(context.store, click.id)) throw await usedBefore(context, click);
}

function isRefused(error: unknown): boolean {
  return error instanceof AppError && error.code !== 'INTERNAL' && !error.uncertain;
}

async function usedBefore(context: Context, { id, actor, text }: Click): Promise<AppError> {
  const use = await readUse(context.store, id);
  const who = use?.by === actorKey(actor) ? 'You' : use ? await nameOf(context, use.by) : 'Somebody';
  const when = use ? ` ${timeWords(context, use.at)}` : '';
  const look = lookUpWith(text);
  return refusal(
    'click',
    `button:${id}`,
    new AppError('CONFLICT', `${who} used this${when}.`, {
      hint: look ? `It works once. What became of it: ${look}.` : 'It works once.',
    }),
  );
}

/** "at 14:02", with the day where that is another one. */
function timeWords({ settings: { timeZone }, now }: Context, at: Date): string {
  const day = dayInZone(at.getTime(), timeZone);
  const today = dayInZone(now(), timeZone);
  if (day !== today) return `on ${formatTime(at, timeZone)}`;
  return `at ${new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)}`;
}

/** The name in pennywatch.yaml, else the one on the platform. */
async function nameOf(context: Context, key: string): Promise<string> {
  const known = (await actorNames(context.store))(key);
  if (known !== key) return known;
  const [, platform, id] = /^([a-z]+):(.+)$/s.exec(key) ?? [];
  const directory = platform && directoryOf(context, platform);
  if (!directory || !id) return 'Somebody';
  const person = await directory.person(id).catch((error: unknown) => {
    context.log.info({ err: error }, 'a chat platform did not say who somebody is');
    return undefined;
  });
  return person?.name ?? 'Somebody';
}

/** What a person types to see where the matter stands; undefined where the button was about nothing that lasts. */
function lookUpWith(text: string): string | undefined {
  const anomaly = /^(?:anomaly\s+)?(?:ANM-?)?(\d+)\b/i.exec(text)?.[1];
  if (anomaly) return `anomaly ${anomaly}`;
  const proposal = /^proposal\s+(\d+)/i.exec(text)?.[1];
  if (proposal) return `proposal ${proposal}`;
  if (/^budget (approve|decline|withdraw)/i.test(text)) return 'budget requests';
  return /^(stop|ttl|keep)\b/i.test(text) ? 'actions' : undefined;
}
