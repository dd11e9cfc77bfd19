/** Rewriting messages in place: one waiting edit per message, which always holds its newest view. */
import type { StoreTransaction } from './open.ts';

/** Why an edit was given up when somebody removed the message it is about: nothing is wrong. */
export const ROOT_GONE = 'the message is not there any more';

export interface MessageEdit {
  /** Key of the message that is rewritten. */
  readonly rootKey: string;
  /** JSON of the view, or the view itself; its buttons are registered. */
  readonly view: string;
  readonly at: Date;
}

/** The key of the row that waits to rewrite a message. */
export function editKey(rootKey: string): string {
  return `edit:${rootKey}`;
}

/**
 * Has a message rewritten, in the caller's transaction that holds the write lock. A message that was not tried yet
 * is posted with the new view at once; an edit that waits takes the new view; one under way is made again after it.
 * Resolves to whether anything is to be written: not when there is no such message, or somebody removed it.
 */
export async function enqueueEdit(
  tx: StoreTransaction,
  { rootKey, view, at }: MessageEdit,
): Promise<boolean> {
  const root = await tx.outboxMessage.findUnique({ where: { key: rootKey } });
  if (!root || root.status === 'given-up') return false;
  if (root.status === 'pending' || root.status === 'failed') {
    await tx.outboxMessage.update({ where: { key: rootKey }, data: { view } });
    return true;
  }
  const key = editKey(rootKey);
  const edit = await tx.outboxMessage.findUnique({ where: { key } });
  if (!edit) {
    const { about, platform, workspace, channel } = root;
    const place = { about, platform, workspace, channel };
    const fresh = { status: 'pending', revision: 1, createdAt: at, nextAttemptAt: at };
    await tx.outboxMessage.create({ data: { key, editOf: rootKey, view, ...place, ...fresh } });
    return true;
  }
  if (edit.status === 'given-up' && edit.error === ROOT_GONE) return false;
  const underWay = edit.status === 'sending';
  await tx.outboxMessage.update({
    where: { key },
    data: {
      view,
      revision: { increment: 1 },
      ...(!underWay && { status: 'pending', attempts: 0, nextAttemptAt: at, error: null }),
    },
  });
  return true;
}

/** What a message shows or will show: the newest edit's view, else its own; undefined when there is none. */
export async function shownView(tx: StoreTransaction, rootKey: string): Promise<string | undefined> {
  const key = editKey(rootKey);
  const rows = await tx.outboxMessage.findMany({ where: { key: { in: [rootKey, key] } } });
  const row =
    rows.find((one) => one.key === key && one.status !== 'given-up') ??
    rows.find((one) => one.key === rootKey);
  return row?.view;
}

/** The edit is made; when it was changed meanwhile, it is made again. */
export async function settleEdit(
  tx: StoreTransaction,
  edit: { readonly id: number; readonly revision?: number },
  at: Date,
): Promise<void> {
  const { count } = await tx.outboxMessage.updateMany({
    where: { id: edit.id, revision: edit.revision ?? 0 },
    data: { status: 'sent', sentAt: at, error: null },
  });
  if (count === 0)
    await tx.outboxMessage.updateMany({
      where: { id: edit.id },
      data: { status: 'pending', attempts: 0, nextAttemptAt: at, sentAt: at, error: null },
    });
}
