/** What is known about a source itself: its kind, how far its data reaches, when it last came in. */
import type { Day } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import type { StoreTransaction } from './open.ts';
import { USAGE_KIND } from './usage.ts';

export async function readWatermark(tx: StoreTransaction, name: string): Promise<Day | undefined> {
  return (await tx.source.findUnique({ where: { name } }))?.watermark ?? undefined;
}

/** Records a successful import. Throws INVALID when bills and usage would share a name. */
export async function saveSource(
  tx: StoreTransaction,
  source: { name: string; kind: string; watermark: Day | undefined; at: Date },
): Promise<void> {
  const known = await tx.source.findUnique({ where: { name: source.name }, select: { kind: true } });
  if (known && (known.kind === USAGE_KIND) !== (source.kind === USAGE_KIND)) {
    const held = known.kind === USAGE_KIND ? 'usage' : 'bills';
    throw new AppError('INVALID', `Source "${source.name}" holds ${held}, so it can hold nothing else.`, {
      hint: `Name another, for example --source ${source.name}-${held === 'usage' ? 'bills' : 'usage'}. Nothing was imported.`,
    });
  }
  const data = {
    kind: source.kind,
    watermark: source.watermark ?? null,
    lastAttemptAt: source.at,
    lastSuccessAt: source.at,
    lastError: null,
  };
  await tx.source.upsert({
    where: { name: source.name },
    create: { name: source.name, ...data },
    update: data,
  });
}
