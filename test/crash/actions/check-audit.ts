/** Whether everything that happened is written down once, and nothing else is. */
import { listAudit } from '../../../src/store/audit.ts';
import type { Store } from '../../../src/store/open.ts';
import type { StoredItem, StoredProposal } from '../../../src/store/proposals.ts';

interface Written {
  readonly action: string;
  readonly facts: { readonly proposal?: number; readonly key?: string; readonly outcome?: string };
}

export async function checkAudit(store: Store, proposals: readonly StoredProposal[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const { id, items, undoOf } of proposals) {
    const about = (await listAudit(store, `proposal:${id}`)).map(({ action }) => action);
    const once = ['start', 'finish', ...(undoOf === undefined ? ['request', 'approve'] : ['undo'])];
    for (const verb of once) {
      const count = about.filter((action) => action === `proposal.${verb}`).length;
      if (count !== 1) wrong.push(`proposal ${id} has ${count} entries proposal.${verb}`);
    }
    if (about.indexOf('proposal.finish') < about.indexOf('proposal.start'))
      wrong.push(`proposal ${id} finished before it started`);
    for (const item of items) wrong.push(...(await checkItem(store, id, item)));
  }
  return wrong;
}

async function checkItem(store: Store, proposal: number, item: StoredItem): Promise<string[]> {
  const { name, state, key, resourceId, startedAt } = item;
  const entries = (await listAudit(store, `resource:${resourceId}`))
    .map(({ action, after }): Written => ({ action, facts: JSON.parse(after ?? '{}') }))
    .filter(({ facts }) => facts.proposal === proposal && facts.key === key);
  const started = entries.filter(({ action }) => action === 'action.started').length;
  const outcomes = entries.flatMap(({ action, facts }) =>
    action === 'action.started' ? [] : [facts.outcome ?? ''],
  );
  const clear = outcomes.filter((outcome) => outcome !== 'unclear');
  const wrong: string[] = [];
  if (started !== (startedAt === undefined ? 0 : 1)) wrong.push(`${started} entries action.started`);
  const settled = state !== 'skipped' && (startedAt !== undefined || item.finishedAt !== undefined);
  if (clear.length !== (settled ? 1 : 0)) wrong.push(`${clear.length} outcomes (${outcomes.join(', ')})`);
  if (settled && outcomes.at(-1) !== state) wrong.push(`the outcome ${outcomes.at(-1)} in the audit`);
  if (outcomes.length - clear.length > 1)
    wrong.push(`the outcome unclear ${outcomes.length - clear.length} times`);
  if (started > 0 && entries[0]?.action !== 'action.started') wrong.push('an outcome before its start');
  return wrong.map((what) => `${name} of proposal ${proposal} is ${state} and has ${what}`);
}
