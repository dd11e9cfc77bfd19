/** One poll while it has the lease: the newest days first, then the history that is missing, window by window. */
import { type Day, daysBetween, earlier, later } from '../../core/day.ts';
import type { AnySource, FetchRequest } from '../../sources/types.ts';
import { type SourceState, saveProgress } from '../../store/source-states.ts';
import { readWatermark, saveSource } from '../../store/sources.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { Context } from '../context.ts';
import { writeEstimates } from '../estimates.ts';
import { completeDay, cover } from './cover.ts';
import { refuseOtherKind } from './own-name.ts';
import { type StoredBatch, storeBatch } from './store-batch.ts';
import type { Turn } from './turn.ts';
import type { PolledBatch, PollParts, PollRequest } from './types.ts';
import { GRACE, untilAborted } from './until-aborted.ts';
import { historyFloor, historyWindow, newestWindow, type Window } from './windows.ts';

/** Grows while the poll goes on; read when it has ended, well or not. */
export interface Polled {
  state: SourceState;
  readonly batches: PolledBatch[];
  readonly stored: StoredBatch[];
  readonly warnings: string[];
  /** All days of finished windows. */
  span: Window | null;
  /** The newest days (or the asked ones) are in. */
  newestDone: boolean;
  readonly turn: Turn;
}

type Fetching = Omit<FetchRequest, 'window' | 'newest' | 'cursor'>;

export async function runPoll(
  context: Context,
  parts: PollParts,
  request: PollRequest,
  source: AnySource,
  fetching: Fetching,
  polled: Polled,
): Promise<void> {
  const { today } = fetching;
  const settings = request.source;
  await refuseOtherKind(context.store, settings.name, source.id);
  if (request.window) {
    await pollWindow(context, parts, request, source, fetching, polled, request.window);
    polled.newestDone = true;
    return;
  }
  const floor = historyFloor(settings, today);
  await saveProgressOf(context, polled, { backfillTo: floor });
  const newest = newestWindow(settings, source.about, polled.state, today);
  const missing = daysBetween(floor, polled.state.coveredFrom ?? today);
  const progress = () => {
    const left = daysBetween(floor, polled.state.coveredFrom ?? today);
    return missing > 0 ? Math.max(0, 1 - left / missing) : 1;
  };
  await pollWindow(context, parts, request, source, fetching, polled, newest);
  polled.newestDone = true;
  while (!request.newestOnly) {
    const window = historyWindow(settings, source.about, polled.state, today);
    if (!window) return;
    request.onProgress?.({
      source: settings.name,
      what: 'fetching',
      of: `${window.start} to ${window.end}`,
      done: progress(),
    });
    await pollWindow(context, parts, request, source, fetching, polled, window);
  }
}

async function pollWindow(
  context: Context,
  parts: PollParts,
  request: PollRequest,
  source: AnySource,
  fetching: Fetching,
  polled: Polled,
  window: Window,
): Promise<void> {
  const newest = window.end === fetching.today;
  const { coveredFrom } = polled.state;
  let known: Day | undefined;
  const before = polled.batches.length;
  const fetched = source.fetch(request.source.options, {
    ...fetching,
    window,
    newest,
    ...(polled.state.cursor !== undefined && { cursor: polled.state.cursor }),
  });
  const grace = GRACE * parts.pace;
  for await (const batch of untilAborted(fetched, fetching.signal, grace)) {
    if (batch.kind === 'nothing') {
      polled.warnings.push(...batch.warnings);
      continue;
    }
    try {
      const polling = { coveredFrom, turn: polled.turn, signal: fetching.signal };
      const stored = await storeBatch(context, parts, request, source, batch, polling);
      polled.stored.push(stored);
      polled.batches.push({
        start: batch.kind === 'charges' ? batch.days.start : null,
        end: batch.kind === 'charges' ? batch.days.end : null,
        origin: batch.kind === 'files' ? batch.origin : null,
        state:
          batch.kind === 'charges' && batch.days.end > fetching.completeThrough ? 'provisional' : 'complete',
        rows: stored.rows,
        unchanged: stored.unchanged,
      });
      if (batch.cursor !== undefined) polled.state = { ...polled.state, cursor: batch.cursor };
      if (batch.completeThrough) known = known ? later(known, batch.completeThrough) : batch.completeThrough;
    } finally {
      if (batch.kind === 'files') await batch.close();
    }
    fetching.signal.throwIfAborted();
  }
  // Files that did not change say nothing about the days since: no batch, nothing more is complete.
  const byLag = polled.batches.length > before ? fetching.completeThrough : undefined;
  await finishWindow(context, request, source, polled, window, { known, byLag, today: fetching.today });
}

/** All days of the window are in: says so, and up to which day they are complete. */
async function finishWindow(
  context: Context,
  request: PollRequest,
  source: AnySource,
  polled: Polled,
  window: Window,
  through: { readonly known: Day | undefined; readonly byLag: Day | undefined; readonly today: Day },
): Promise<void> {
  const { name } = request.source;
  const { span } = polled;
  polled.span = span
    ? { start: earlier(span.start, window.start), end: later(span.end, window.end) }
    : window;
  const joined = cover(polled.state, window);
  // The pause was longer than the source remembers: what it has now is a new beginning.
  const covered =
    joined ?? (request.window ? undefined : { coveredFrom: window.start, coveredThrough: window.end });
  if (!joined && covered)
    polled.warnings.push(
      `${name} was not polled for so long that the days before ${window.start} are not known without a gap.`,
    );
  const complete = await completeOf(context, name, window, through);
  const isNewest = covered?.coveredThrough === window.end;
  if (complete.warning && isNewest) polled.warnings.push(complete.warning);
  await polled.turn.write(context.store, async (tx) => {
    await lockForWriting(tx);
    await polled.turn.hold(tx);
    const stored = await readWatermark(tx, name);
    // A day to come cannot be complete: the clock was wrong when it was written.
    const before = stored !== undefined && stored > through.today ? undefined : stored;
    const reached = covered ? complete.day : undefined;
    const watermark = before && reached ? later(before, reached) : (reached ?? before);
    await saveSource(tx, { name, kind: source.id, watermark, at: new Date(context.now()) });
    if (covered) await saveProgress(tx, name, covered);
    await writeEstimates(tx, context, { source: name, days: window });
  });
  if (covered) polled.state = { ...polled.state, ...covered };
}

/** A source that knows itself is believed; otherwise its lag decides, and silent days are late. */
async function completeOf(
  context: Context,
  name: string,
  window: Window,
  { known, byLag }: { readonly known: Day | undefined; readonly byLag: Day | undefined },
): Promise<{ readonly day?: Day; readonly warning?: string }> {
  if (known) return known < window.start ? {} : { day: earlier(known, window.end) };
  return byLag ? completeDay(context.store, name, window, byLag) : {};
}

async function saveProgressOf(
  context: Context,
  polled: Polled,
  progress: { readonly backfillTo: Day },
): Promise<void> {
  if (polled.state.backfillTo === progress.backfillTo) return;
  await polled.turn.write(context.store, async (tx) => {
    await lockForWriting(tx);
    await saveProgress(tx, polled.state.name, progress);
  });
  polled.state = { ...polled.state, ...progress };
}
