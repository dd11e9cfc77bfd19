/** What is known about a source itself: its kind, how far its data reaches, when it last came in. */
import type { Day } from '../core/day.ts';
import type { StoreTransaction } from './open.ts';

export async function readWatermark(tx: StoreTransaction, name: string): Promise<Day | undefined> {
  return (await tx.source.findUnique({ where: { name } }))?.watermark ?? undefined;
}

/** Records a successful import. */
export async function saveSource(
  tx: StoreTransaction,
  source: { name: string; kind: string; watermark: Day | undefined; at: Date },
): Promise<void> {
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
