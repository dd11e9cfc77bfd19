/** Messages about proposals promise no saving where there is none. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../../../src/flows/context.ts';
import { decideProposal } from '../../../src/flows/proposals/decide.ts';
import { demandProposal } from '../../../src/flows/proposals/demand-proposal.ts';
import { requestProposal } from '../../../src/flows/proposals/request.ts';
import { showProposal } from '../../../src/flows/proposals/shown.ts';
import { undoProposal } from '../../../src/flows/proposals/undo.ts';
import { renderText } from '../../../src/view/fallback.ts';
import { composeProposal } from '../../../src/view/messages/proposal-message.ts';
import { type ActingStage, jon, mira, newId, openActingStage } from './acting-stage.ts';

let stage: ActingStage;
beforeEach(async () => {
  stage = await openActingStage();
});
afterEach(() => stage.close());

async function said(id: number): Promise<string> {
  const { store } = stage.context;
  const shown = await showProposal(store, await demandProposal(store, id), { actions: stage.parts.actions });
  const now = stage.context.now();
  return renderText(
    composeProposal({ proposal: shown, ping: false, now, today: '2026-11-20', timeZone: 'UTC' }),
  );
}

async function requested(context: Context = stage.context) {
  const { id } = await stage.draft();
  await requestProposal(context, mira, id, { reason: 'idle' }, { newId });
  return id;
}

const decide = (id: number, verdict: 'approve' | 'decline') =>
  decideProposal(stage.context, jon, { id, verdict }, { newId });

describe('the message of a proposal', () => {
  it('promises while it is open, says what is saved when it is done, and no more once it is undone', async () => {
    const id = await requested();
    expect(await said(id)).toContain('Saves about $2,410 a day');
    await decide(id, 'approve');
    await stage.run();
    expect(await said(id)).toContain('Saving about $2,410 a day');
    await undoProposal(stage.context, stage.parts, mira, id, { newId });
    await stage.run();
    expect(await said(id)).not.toMatch(/sav(es|ing) about/i);
  });

  it('promises nothing when it was declined, expired or could not be done', async () => {
    const declined = await requested();
    await decide(declined, 'decline');
    const expired = await requested();
    stage.pass(25 * 3_600_000);
    await stage.run();
    const failed = await requested();
    await decide(failed, 'approve');
    for (const operation of ['StopInstances', 'StopTrainingJob'])
      stage.cloud.fail({ kind: 'denied', operation, times: 99 });
    await stage.run();
    for (const id of [declined, expired, failed]) expect(await said(id)).not.toMatch(/sav(es|ing) about/i);
  });
});
