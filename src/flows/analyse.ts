/** Analysis as a verb: score what is complete, keep what is found, and say what is to be told. */
import { addDays, dayInZone, earlier, later } from '../core/day.ts';
import { dayOfStamp } from '../core/series.ts';
import { listAnomalies, type StoredAnomaly } from '../store/anomalies.ts';
import { restatementsSince } from '../store/restatements.ts';
import { lockForWriting } from '../store/write-lock.ts';
import { digestOfInput, readAnalysed, writeAnalysed } from './analyse/analysed.ts';
import { explainAll } from './analyse/explain-new.ts';
import { hourlyIncidents } from './analyse/hours.ts';
import { neverWas, observe, type Update } from './analyse/observe.ts';
import { type Scored, scoreHierarchy } from './analyse/score.ts';
import {
  applyUpdate,
  type FreshAnomaly,
  NOTHING,
  openFresh,
  type Settled,
  type Settling,
  together,
} from './analyse/settle.ts';
import { unknownSince } from './answer/freshness-warnings.ts';
import { isStale } from './answer/stale.ts';
import type { Context } from './context.ts';

export interface AnalyseOptions {
  /** Score although nothing was written since the last time. */
  readonly force?: boolean;
}

export interface AnalyseResult extends Settled {
  /** False when nothing had changed: only the clock was looked at. */
  readonly scored: boolean;
  /** Places of the hierarchy that were scored. */
  readonly scopes: number;
  /** Last day that any of them was judged through; null when no day is complete. */
  readonly judgedThrough: string | null;
  readonly seconds: number;
}

/** Late corrections reach so far back: these days are scored again. */
const RESCORED_DAYS = 30;
/** The first analysis looks so far back: what is over is kept for comparison, and nobody is told. */
const FIRST_DAYS = 90;
/** Kept anomalies that ended so long before may still be the same as something found. */
const AGAIN_DAYS = 8;

/**
 * Scores every place when costs, settings, plans or answers have changed since the last time (else only the clock is
 * looked at), keeps what is found, follows what is known, and closes what a restated bill has undone. Everything is
 * written in one transaction. What `effects` asks for is to be posted by the caller.
 */
export async function analyse(
  context: Context,
  { force = false }: AnalyseOptions = {},
): Promise<AnalyseResult> {
  const began = performance.now();
  const seconds = () => Math.round(performance.now() - began) / 1000;
  const nothing = { ...NOTHING, scored: false, scopes: 0, judgedThrough: null };
  if (!context.settings.anomalies.enabled) return { ...nothing, seconds: seconds() };
  const last = await readAnalysed(context.store);
  const digest = await digestOfInput(context);
  if (!force && last?.digest === digest)
    return {
      ...nothing,
      ...(await lookAtClock(context)),
      scopes: last.places,
      judgedThrough: last.through,
      seconds: seconds(),
    };
  const scored = await scoreHierarchy(context);
  if (!scored) return { ...nothing, seconds: seconds() };
  const settled = await keep(context, scored, {
    digest,
    first: last === undefined,
    before: last?.digest,
    sources: last?.sources,
  });
  context.log.info(
    {
      scopes: scored.scopes,
      opened: settled.opened.length,
      resolved: settled.resolved.length,
      seconds: seconds(),
    },
    'analysed',
  );
  return { ...settled, scored: true, scopes: scored.scopes, judgedThrough: scored.end, seconds: seconds() };
}

async function keep(
  context: Context,
  scored: Scored,
  run: {
    readonly digest: string;
    readonly first: boolean;
    readonly before: string | undefined;
    readonly sources?: readonly string[] | undefined;
  },
): Promise<Settled> {
  const { store } = context;
  const { updates, fresh } = await compare(context, scored, run.first);
  const news = updates.filter(({ known, found }) => found && found.lastStamp > known.lastStamp);
  const explanations = await explainAll(context, [...fresh, ...news.flatMap(({ found }) => found ?? [])]);
  return store.$transaction(async (tx) => {
    await lockForWriting(tx);
    // Somebody else has analysed meanwhile: what is found here is known there.
    if ((await readAnalysed(tx))?.digest !== run.before) return NOTHING;
    const settling: Settling = { tx, settings: context.settings, now: context.now(), job: 'analyse' };
    const parts: Settled[] = [];
    for (const update of updates)
      parts.push(await applyUpdate(settling, update, update.found && explanations.get(update.found)));
    for (const found of fresh) {
      const completeAt = completeAtOf(found, scored);
      const names = scored.nodeOf(found.path)?.sources ?? [];
      const backfilled = run.first || names.every((name) => run.sources?.includes(name) === false);
      const explanation = explanations.get(found);
      const one: FreshAnomaly = {
        found,
        ...(explanation && { explanation }),
        ...(completeAt && { completeAt }),
        ...(backfilled && { backfilled }),
      };
      parts.push(await openFresh(settling, one));
    }
    const at = new Date(context.now()).toISOString();
    await writeAnalysed(tx, {
      digest: run.digest,
      through: scored.end,
      places: scored.scopes,
      at,
      sources: scored.sources.flatMap(({ name, watermark }) => (watermark ? [name] : [])),
    });
    return together(parts);
  });
}

async function compare(
  context: Context,
  scored: Scored,
  first: boolean,
): Promise<ReturnType<typeof observe>> {
  const { store, settings } = context;
  const now = context.now();
  const today = dayInZone(now, settings.timeZone);
  const from = addDays(scored.end, 1 - (first ? FIRST_DAYS : RESCORED_DAYS));
  const known = await knownSince(context, addDays(from, -AGAIN_DAYS));
  // What came again within days is one matter: its first days are looked for too, or it would lose them with time.
  const begin = known.reduce((least, { firstStamp }) => earlier(least, dayOfStamp(firstStamp)), from);
  const lookedFrom = later(begin, addDays(scored.end, 1 - FIRST_DAYS));
  const daily = scored
    .incidents({ from: lookedFrom, upTo: scored.end })
    .filter(({ lastStamp }) => dayOfStamp(lastStamp) >= from);
  const found = [...daily, ...(await hourlyIncidents(context, scored, daily))];
  const oldest = known.reduce((least, { openedAt }) => Math.min(least, openedAt.getTime()), now);
  const stale = scored.sources.filter((source) => isStale(source, { today, now, settings }));
  return observe(known, found, {
    scored,
    from,
    today,
    restatements: await restatementsSince(store, new Date(oldest)),
    stale: new Map(stale.map((source) => [source.name, unknownSince(source, today)])),
  });
}

/** Everything that is not over, and what was lately; oldest first. */
async function knownSince({ store }: Context, since: string): Promise<StoredAnomaly[]> {
  const recent = await listAnomalies(store, { since }, { oldestFirst: true });
  const going = await listAnomalies(store, { status: NOT_OVER }, { oldestFirst: true });
  const ids = new Set(recent.map(({ id }) => id));
  return [...going.filter(({ id }) => !ids.has(id)), ...recent].filter((one) => !neverWas(one));
}

const NOT_OVER = ['open', 'acknowledged', 'snoozed', 'expected', 'no-data'] as const;

/** Snoozes that end, and answers that nobody gave. */
async function lookAtClock(context: Context): Promise<Settled> {
  const waiting = await listAnomalies(context.store, { status: ['open', 'snoozed'] });
  if (waiting.length === 0) return NOTHING;
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const settling: Settling = { tx, settings: context.settings, now: context.now(), job: 'analyse' };
    const parts: Settled[] = [];
    for (const known of waiting) {
      const calm = dayOfStamp(known.judgedThrough) > dayOfStamp(known.lastStamp);
      const update: Update = { known, observations: [], calm };
      parts.push(await applyUpdate(settling, update));
    }
    return together(parts);
  });
}

/** When its first day came in, if that is the newest there is: of older days nobody knows. */
function completeAtOf(
  { path, firstStamp, judgedThrough }: Pick<StoredAnomaly, 'path' | 'firstStamp' | 'judgedThrough'>,
  scored: Scored,
): Date | undefined {
  if (dayOfStamp(firstStamp) !== dayOfStamp(judgedThrough)) return undefined;
  const names = scored.nodeOf(path)?.sources ?? [];
  const times = scored.sources.flatMap(({ name, lastSuccessAt }) =>
    names.includes(name) && lastSuccessAt ? lastSuccessAt.getTime() : [],
  );
  return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}
