/** Whether each proposal has one message in each place, and whether it says what became of it. */
import { actions } from '../../../src/actions/registry.ts';
import { showProposal } from '../../../src/flows/proposals/shown.ts';
import { shownView } from '../../../src/store/outbox-edits.ts';
import type { StoredProposal } from '../../../src/store/proposals.ts';
import { outcomeWords } from '../../../src/view/messages/proposal-words.ts';
import type { World } from './world.ts';

export async function checkMessages(
  { store }: World,
  proposals: readonly StoredProposal[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const proposal of proposals) {
    const { id } = proposal;
    const rows = await store.outboxMessage.findMany({
      where: {
        OR: [{ key: { startsWith: `proposal:${id} ` } }, { editOf: { startsWith: `proposal:${id} ` } }],
      },
    });
    const roots = rows.filter(({ editOf }) => editOf === null);
    if (roots.length !== 1) wrong.push(`proposal ${id} has ${roots.length} messages`);
    if (rows.length - roots.length > 1) wrong.push(`proposal ${id} has ${rows.length - roots.length} edits`);
    const view = (await shownView(store, roots[0]?.key ?? '')) ?? '';
    const words = outcomeWords(await showProposal(store, proposal, { actions }));
    if (!view.toLowerCase().includes(words.toLowerCase()))
      wrong.push(`the message of proposal ${id} does not say "${words}": ${view}`);
  }
  return wrong;
}

/** What a poster does between two lives: from now on messages are rewritten, not replaced. */
export async function postMessages({ store }: World): Promise<void> {
  const waiting = await store.outboxMessage.findMany({ where: { status: 'pending' }, select: { id: true } });
  for (const { id } of waiting)
    await store.outboxMessage.update({ where: { id }, data: { status: 'sent', ref: `${id}.0` } });
}
