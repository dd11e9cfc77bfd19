/** Small facts about this database itself. */
import type { StoreTransaction } from './open.ts';

export async function readMeta(tx: StoreTransaction, key: string): Promise<string | undefined> {
  return (await tx.meta.findUnique({ where: { key } }))?.value;
}

export async function writeMeta(tx: StoreTransaction, key: string, value: string): Promise<void> {
  await tx.meta.upsert({ where: { key }, create: { key, value }, update: { value } });
}
