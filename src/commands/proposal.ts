/** A proposal: see it, send it, approve or decline it, take it back, undo it. */
import { randomUUID } from 'node:crypto';
import { dayInZone } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import { demandActing } from '../flows/proposals/acting.ts';
import { findProposalApprovers } from '../flows/proposals/approvers.ts';
import { decideProposal } from '../flows/proposals/decide.ts';
import { demandProposal } from '../flows/proposals/demand-proposal.ts';
import { withdrawProposal } from '../flows/proposals/end.ts';
import { proposalRights } from '../flows/proposals/may.ts';
import { needOf } from '../flows/proposals/need.ts';
import type { StoredProposal } from '../flows/proposals/proposal.ts';
import { requestProposal } from '../flows/proposals/request.ts';
import { showProposal } from '../flows/proposals/shown.ts';
import { undoProposal } from '../flows/proposals/undo.ts';
import { composeProposalDetail, composeProposalSaid } from '../view/messages/proposal-detail.ts';
import { actions } from './actions.ts';
import { proposalJson } from './proposal/json.ts';
import { type ProposalWords, parseProposal } from './proposal/parse.ts';
import { tokenise } from './tokens.ts';
import type { Command, CommandContext, CommandResult } from './types.ts';

export const proposal: Command = {
  name: 'proposal',
  task: 'act',
  summary: 'A proposal to stop something: see it, ask for it, approve or decline it, take it back, undo it',
  usage: '[NUMBER [request [ITEMS]|approve|decline|withdraw|undo] ["REASON"]]',
  examples: [
    'proposal 4',
    'proposal 4 request "it does not end"',
    'proposal 4 approve',
    'proposal 4 decline "it is the big retrain"',
    'proposal 4 undo',
  ],
  async run(context, args) {
    const words = parseProposal(tokenise(args));
    if (!words) return actions.run(context, '');
    const stored = await carryOn(context, words);
    return answer(context, args, stored, words);
  },
};

async function carryOn(
  context: CommandContext,
  { id, verb, items, reason }: ProposalWords,
): Promise<StoredProposal> {
  const { actor } = context;
  const newId = randomUUID;
  switch (verb) {
    case 'show':
      return demandProposal(context.store, id);
    case 'request': {
      const choice = { ...(items && { items }), ...(reason && { reason }) };
      return (await requestProposal(context, actor, id, choice, { newId })).proposal;
    }
    case 'approve':
    case 'decline': {
      if (verb === 'decline' && reason === undefined && context.conversation === undefined)
        throw new AppError('INVALID', 'Say why you decline it.', {
          hint: `proposal ${id} decline "not now"`,
        });
      return decideProposal(
        context,
        actor,
        { id, verdict: verb, ...(reason && { note: reason }) },
        { newId },
      );
    }
    case 'withdraw':
      return withdrawProposal(context, actor, id, { newId });
    case 'undo':
      return undoProposal(context, demandActing(context), actor, id, { newId });
  }
}

async function answer(
  context: CommandContext,
  args: string,
  stored: StoredProposal,
  { verb }: ProposalWords,
): Promise<CommandResult> {
  const { store, settings, acting } = context;
  const now = context.now();
  const when = { now, today: dayInZone(now, settings.timeZone), timeZone: settings.timeZone };
  const open = ['draft', 'waiting', 'approved'].includes(stored.status);
  const approvers = open ? await findProposalApprovers(context, stored) : undefined;
  const rights =
    approvers && verb === 'show'
      ? await proposalRights(context, context.actor, stored, approvers)
      : undefined;
  const need = stored.status === 'draft' ? needOf(stored, settings) : {};
  const shown = await showProposal(store, stored, {
    ...(approvers && { approvers }),
    ...(acting && { actions: acting.actions }),
  });
  const view =
    verb === 'show'
      ? composeProposalDetail({ ...shown, ...need }, when, rights)
      : composeProposalSaid(shown, verb, when);
  return { view, data: { question: `proposal ${args}`.trim(), ...proposalJson(shown), warnings: [] } };
}
