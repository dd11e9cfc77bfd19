/** Imports FOCUS files as one transaction: stage, decide per bill, write, allocate, prove that it adds up. */

import { rulesNeedColumn, rulesNeedResources } from '../analysis/allocate/needs.ts';
import { isDay } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import type { StagedCharges } from '../sources/types.ts';
import { withRoomForBulk } from '../store/facts.ts';
import type { Context } from './context.ts';
import { resultSums } from './import-focus/result.ts';
import type { ImportedFile, ImportParts, ImportRequest, ImportResult } from './import-focus/types.ts';
import { type Written, writeImport } from './import-focus/write.ts';

/**
 * Imports the files and returns what was in them, what is stored now, and what moved. The files of one call
 * belong together (parts of one export). Throws AppError when any file is refused; nothing is changed then.
 */
export async function importFocus(
  context: Context,
  parts: ImportParts,
  request: ImportRequest,
): Promise<ImportResult> {
  const source = request.source ?? 'focus';
  checkRequest(source, request);
  refuseLiveName(context, source);
  const staged = await parts.source.fetch(parts.source.settings.parse({ files: request.files }), {
    keepDescriptions: rulesNeedColumn(context.settings, 'ChargeDescription'),
    keepResources: rulesNeedResources(context.settings),
    onProgress: request.onProgress,
  });
  // Added up while the store writes; should it fail, nothing stays written.
  const adding = staged.breakdown();
  const added = Promise.allSettled([adding]);
  try {
    const { written, exact } = await withRoomForBulk(context.store, () =>
      context.store.$transaction(async (tx) => ({
        written: await writeImport(tx, context, parts, request, staged),
        exact: await adding,
      })),
    );
    const sums = await resultSums(context.store, written.billIds, exact);
    return {
      source,
      files: staged.files.map((_, index) => importedFile(staged, written, index)),
      ...sums,
      moved: written.moved,
      watermark: written.watermark ?? null,
      reconciliation: {
        days: written.reconciled.days,
        ok: written.reconciled.differences.length === 0,
        differences: written.reconciled.differences,
      },
      warnings: [
        ...written.warnings,
        ...besideWarnings(written),
        ...currencyWarnings(
          context,
          sums.totals.map((total) => total.currency),
        ),
        ...(written.watermark
          ? []
          : ['The files do not say up to which day they are complete; say it with --complete-until DATE.']),
        ...exact.warnings,
      ],
    };
  } finally {
    await added;
    await staged.close();
  }
}

function checkRequest(source: string, request: ImportRequest): void {
  if (request.files.length === 0)
    throw new AppError('INVALID', 'No file was named.', { hint: 'Write: pennywatch import focus FILE…' });
  if (source.trim() === '' || source.length > 60)
    throw new AppError('INVALID', `"${source.slice(0, 60)}" cannot name a source.`, {
      hint: 'Use 1 to 60 characters, for example --source aws.',
    });
  if (request.completeUntil !== undefined && !isDay(request.completeUntil))
    throw new AppError('INVALID', `"${request.completeUntil.slice(0, 40)}" is not a day.`, {
      hint: 'Write it as 2026-10-31.',
    });
}

/** The next poll would replace what a file brings under its name. */
function refuseLiveName({ settings }: Pick<Context, 'settings'>, source: string): void {
  const live = settings.sources.find(({ name }) => name === source);
  if (live)
    throw new AppError(
      'INVALID',
      `"${source}" is polled (${live.kind}): its next poll would replace what is imported under that name.`,
      { hint: `Name another, for example --source ${source.slice(0, 54)}-files. Nothing was imported.` },
    );
}

function importedFile(staged: StagedCharges, written: Written, index: number): ImportedFile {
  const { bills, ...file } = staged.files[index] ?? missing();
  const plans = bills.map((bill) => written.plans[bill]);
  return {
    ...file,
    factsWritten: written.factsPerFile[index] ?? 0,
    replaced: bills.reduce((sum, bill) => sum + (written.replaced[bill] ?? 0), 0),
    unchanged: plans.every((plan) => plan?.outcome === 'unchanged'),
  };
}

function missing(): never {
  throw new AppError('INTERNAL', 'A staged file is missing.');
}

function besideWarnings({ plans }: Written): string[] {
  return plans
    .filter((plan) => plan.outcome === 'beside')
    .map(
      ({ bill }) =>
        `${bill.firstDay} to ${bill.lastDay} of account ${bill.account} was added beside the other days of that bill (${bill.periodStart.slice(0, 7)}).`,
    );
}

/** A warning per currency that has no rate to the one answers are given in. */
export function currencyWarnings(
  { settings }: Pick<Context, 'settings'>,
  currencies: readonly string[],
): string[] {
  const others = [...new Set(currencies)].filter(
    (currency) =>
      currency !== settings.currency &&
      !settings.fx.some(
        ({ from, to }) =>
          (from === currency && to === settings.currency) || (from === settings.currency && to === currency),
      ),
  );
  return others.map(
    (currency) =>
      `There is no rate from ${currency} to ${settings.currency}: these charges are kept in ${currency} and left out of ${settings.currency} totals. Add to fx in pennywatch.yaml: { date: DATE, from: ${currency}, to: ${settings.currency}, rate: RATE }`,
  );
}
