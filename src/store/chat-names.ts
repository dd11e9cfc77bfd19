/** What chat platforms call people in their conversations. */
import type { StoreTransaction } from './open.ts';

/** Display names by "platform:id", of everybody a platform told us of by name. */
export async function chatNames(store: StoreTransaction): Promise<ReadonlyMap<string, string>> {
  const rows = await store.chatPerson.findMany({ select: { platform: true, id: true, name: true } });
  return new Map(
    rows.flatMap(({ platform, id, name }): [string, string][] => (name ? [[`${platform}:${id}`, name]] : [])),
  );
}
