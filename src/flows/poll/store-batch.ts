/** Imports one batch of a live source with everything that came with it, in one transaction. */
import { rulesNeedColumn, rulesNeedResources } from '../../analysis/allocate/needs.ts';
import type { Day } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { AnySource, ChargeBatch, FileBatch, StagedCharges } from '../../sources/types.ts';
import { withRoomForBulk } from '../../store/facts.ts';
import { replaceHours } from '../../store/hourly-costs.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { addRestatements, saveEvidence } from '../../store/polled.ts';
import { saveProgress } from '../../store/source-states.ts';
import type { Context } from '../context.ts';
import { toRestated } from '../import-focus/moved.ts';
import type { MovedDay } from '../import-focus/types.ts';
import { type Written, writeImport } from '../import-focus/write.ts';
import { writeMeteredUsage } from '../metered-usage.ts';
import { allocateHours } from './hours.ts';
import { noCharges } from './no-charges.ts';
import type { Turn } from './turn.ts';
import type { PollParts, PollRequest } from './types.ts';
import { GRACE, untilAborted } from './until-aborted.ts';

export interface StoredBatch {
  readonly rows: number;
  readonly unchanged: boolean;
  readonly restated: readonly MovedDay[];
  readonly evidence: number;
  readonly warnings: readonly string[];
  readonly currencies: readonly string[];
}

export interface Polling {
  /** First day that was there before this poll; what changes from then on is a restatement. */
  readonly coveredFrom: Day | undefined;
  readonly turn: Turn;
  readonly signal: AbortSignal;
}

export async function storeBatch(
  context: Context,
  parts: PollParts,
  request: PollRequest,
  source: AnySource,
  batch: ChargeBatch | FileBatch,
  { coveredFrom, turn, signal }: Polling,
): Promise<StoredBatch> {
  const charges =
    batch.kind === 'charges' ? untilAborted(batch.charges, signal, GRACE * parts.pace) : undefined;
  const spooled = charges ? await parts.spool(charges) : undefined;
  const files = batch.kind === 'files' ? batch.files : spooled ? [spooled.path] : [];
  const staged = files.length > 0 ? await stage(context, parts, request, batch, files) : noCharges();
  try {
    refuseQuarantined(request, batch, staged);
    const usage = batch.kind === 'charges' ? batch.usage?.() : undefined;
    const hours = batch.kind === 'charges' ? batch.hours?.() : undefined;
    const late = batch.kind === 'charges' ? (batch.lateWarnings?.() ?? []) : [];
    const at = new Date(context.now());
    const name = request.source.name;
    let restated: readonly MovedDay[] = [];
    const written = await withRoomForBulk(context.store, () =>
      turn.write(context.store, (tx) =>
        writeImport(
          tx,
          context,
          parts.importing,
          {
            files,
            source: name,
            actor: request.actor,
            poll: {
              kind: source.id,
              origin: originOf(batch),
              acceptLoss: request.acceptLoss ?? false,
              ...(batch.kind === 'charges' && { days: batch.days }),
              async beside(tx: StoreTransaction, { moved }) {
                await turn.hold(tx);
                restated = coveredFrom === undefined ? [] : moved.filter(({ day }) => day >= coveredFrom);
                await addRestatements(tx, name, restated.map(toRestated), at);
                await saveEvidence(tx, name, batch.evidence ?? [], at);
                if (usage && batch.kind === 'charges')
                  await writeMeteredUsage(tx, context, { source: name, days: batch.days, usage });
                if (hours && batch.kind === 'charges')
                  await replaceHours(tx, name, batch.days, allocateHours(context.settings, hours));
                if (batch.cursor !== undefined) await saveProgress(tx, name, { cursor: batch.cursor });
              },
            },
          },
          staged,
        ),
      ),
    );
    return {
      rows: staged.files.reduce((sum, file) => sum + file.rowsRead, 0),
      unchanged: isUnchanged(written),
      restated,
      evidence: batch.evidence?.length ?? 0,
      warnings: [...(batch.warnings ?? []), ...late, ...written.warnings, ...fileWarnings(batch, staged)],
      currencies: staged.bills.flatMap((bill) => bill.days.map((day) => day.currency)),
    };
  } finally {
    await staged.close();
    await spooled?.close();
  }
}

/** What is refused is named as people know it, not by the file it was put into on this machine. */
async function stage(
  context: Context,
  parts: PollParts,
  { source: { name } }: PollRequest,
  batch: ChargeBatch | FileBatch,
  files: readonly string[],
): Promise<StagedCharges> {
  const { source } = parts.importing;
  const wanted = {
    keepDescriptions: rulesNeedColumn(context.settings, 'ChargeDescription'),
    keepResources: rulesNeedResources(context.settings),
  };
  try {
    return await source.fetch(source.settings.parse({ files }), wanted);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const origin = batch.kind === 'files' ? batch.origin : `What ${name} delivered for ${spanOf(batch)}`;
    const message = files.reduce((text, file) => text.replaceAll(file, origin), error.message);
    throw new AppError(error.code === 'INTERNAL' ? 'INTERNAL' : 'UPSTREAM', message, {
      hint: error.hint,
      cause: error,
    });
  }
}

/** A charge that an API delivered and that cannot be read is a fault of the mapping: better nothing than a part. */
function refuseQuarantined(
  { source }: PollRequest,
  batch: ChargeBatch | FileBatch,
  staged: StagedCharges,
): void {
  const [bad] = staged.files.flatMap((file) => file.quarantined);
  if (batch.kind === 'files' || !bad) return;
  throw new AppError(
    'UPSTREAM',
    `${source.name} delivered a charge that cannot be stored: ${bad.reason}. Nothing of ${originOf(batch)} was changed.`,
  );
}

function fileWarnings(batch: ChargeBatch | FileBatch, staged: StagedCharges): string[] {
  if (batch.kind === 'charges') return [];
  const bad = staged.files.reduce((sum, file) => sum + file.quarantinedCount, 0);
  const [first] = staged.files.flatMap((file) => file.quarantined);
  const quarantined =
    bad > 0
      ? [`${bad} rows of ${batch.origin} were set aside, for example line ${first?.line}: ${first?.reason}.`]
      : [];
  return [...staged.files.flatMap((file) => file.warnings), ...quarantined];
}

function originOf(batch: ChargeBatch | FileBatch): string {
  return batch.kind === 'files' ? batch.origin : spanOf(batch);
}

function spanOf({ days }: ChargeBatch): string {
  return `${days.start} to ${days.end}`;
}

function isUnchanged({ plans }: Written): boolean {
  return plans.every((plan) => plan.outcome === 'unchanged');
}
