/** Proposals, times to live and off-hours: what is told and shown when something is stopped for real. */
import type { OffHoursSchedule } from '../../../src/core/action.ts';
import { runOffHours } from '../../../src/flows/off-hours/round.ts';
import { decideProposal } from '../../../src/flows/proposals/decide.ts';
import { requestProposal } from '../../../src/flows/proposals/request.ts';
import { undoProposal } from '../../../src/flows/proposals/undo.ts';
import { runTtls } from '../../../src/flows/ttl/round.ts';
import type { View } from '../../../src/view/elements.ts';
import { jon, mira, newId, openActingStage } from '../../flows/proposals/acting-stage.ts';
import { answerOf, asking, formOf, openMailbox, type Samples } from './collect.ts';

const HOUR = 3_600_000;
const NIGHTS: OffHoursSchedule = {
  name: 'dev-nights',
  scope: { kind: 'team', name: 'search' },
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  stop: '19:00',
  start: '07:00',
  timeZone: 'Europe/Berlin',
  holidays: [],
};

export async function sampleActions(): Promise<Samples> {
  const stage = await openActingStage({ actions: { mode: 'approve', schedules: [NIGHTS] } });
  try {
    const { context, parts } = stage;
    const mailbox = openMailbox(context.store);
    const asMira = asking(context, 'UMIRA');
    const views: Record<string, View> = {};
    const told = async (...names: string[]) => void Object.assign(views, await mailbox(...names));

    views.stop = await answerOf(asMira, 'stop model bert');
    const forms = { proposal: await formOf(asMira, 'proposal', 'proposal 1') };
    const draft = await stage.draft();
    const { proposal } = await requestProposal(
      context,
      mira,
      draft.id,
      { reason: 'it does not end' },
      { newId },
    );
    await told('proposal-asked');
    views['proposal-mine'] = await answerOf(asking(context, 'UJON'), `proposal ${proposal.id}`);
    views['proposal-not-mine'] = await answerOf(asMira, `proposal ${proposal.id} approve`);
    await decideProposal(context, jon, { id: proposal.id, verdict: 'approve' }, { newId });
    await told('proposal-approved');
    await stage.run();
    await told('proposal-done');
    const undo = await undoProposal(context, parts, jon, proposal.id, { newId });
    await stage.run();
    await told('proposal-undone', 'proposal-undo-done');
    views['proposal-undo'] = await answerOf(asMira, `proposal ${undo.id}`);
    views['proposal-after'] = await answerOf(asMira, `proposal ${proposal.id}`);
    views['actions-all'] = await answerOf(asMira, 'actions all');

    views['ttl-set-acting'] = await answerOf(asMira, 'ttl model:bert 8h "one more try"');
    stage.pass(7 * HOUR);
    await runOffHours(context, parts, { newId });
    await stage.run();
    await runOffHours(context, parts, { newId });
    await runTtls(context, parts, { newId });
    await told('ttl-asked');
    views['ttl-list'] = await answerOf(asMira, 'ttl');
    stage.pass(2 * HOUR);
    await runTtls(context, parts, { newId });
    await told('ttl-ended');
    views['schedules-acting'] = await answerOf(asMira, 'schedules');
    return { views, forms };
  } finally {
    await stage.close();
  }
}
