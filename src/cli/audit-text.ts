/** What `pennywatch audit verify` prints. */
import type { ChainReport } from '../store/audit-verify.ts';

export function renderChain({ ok, entries, head, unsealed, broken, kept }: ChainReport): string {
  const count = entries === 1 ? '1 entry' : `${entries} entries`;
  if (!ok) {
    const where =
      broken?.id === undefined
        ? ''
        : ` (${broken.at?.toISOString() ?? 'no time'}, ${broken.action ?? ''} ${broken.subject ?? ''})`;
    const before = broken?.id === undefined ? '' : `\nThe ${count} before it hold.`;
    return `The audit is NOT whole. ${broken?.why ?? ''}${where}${before}`;
  }
  if (!head)
    return entries === 0
      ? 'There are no entries yet.'
      : `${count} of before the chain (${unsealed} not chained); the next entry chains them.`;
  const since = kept === undefined ? '' : ` The hash you kept is entry ${kept}'s.`;
  return `The audit is whole: ${count}, none changed, put in or taken out.${since}\nHead: ${head.hash}\nKeep it somewhere else: audit verify --head HASH then shows a chain that was computed anew.`;
}
