/** Charts that messages show by address: kept as data, drawn when somebody's client asks. */
import type { Store } from './open.ts';

export interface StoredPicture {
  readonly id: string;
  /** JSON of the chart. */
  readonly spec: string;
  readonly expiresAt: Date;
}

/** Keeps it, or keeps it for longer: the same id is always the same chart. */
export async function savePicture(store: Store, { id, spec, expiresAt }: StoredPicture): Promise<void> {
  await store.chatPicture.upsert({
    where: { id },
    create: { id, spec, expiresAt },
    update: { expiresAt },
  });
}

/** The picture, expired or not; undefined when there is none. */
export async function findPicture(store: Store, id: string): Promise<StoredPicture | undefined> {
  return (await store.chatPicture.findUnique({ where: { id } })) ?? undefined;
}

/** Removes pictures that expired before `before`. Resolves to how many. */
export async function forgetPictures(store: Store, before: Date): Promise<number> {
  return (await store.chatPicture.deleteMany({ where: { expiresAt: { lt: before } } })).count;
}
