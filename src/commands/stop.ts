/** Looks at what runs and what stopping it would mean; the button (or `proposal N request`) asks for it. */
import { dayInZone } from '../core/day.ts';
import { demandActing } from '../flows/proposals/acting.ts';
import { findProposalApprovers } from '../flows/proposals/approvers.ts';
import { draftProposal } from '../flows/proposals/draft.ts';
import { needOf } from '../flows/proposals/need.ts';
import { showProposal } from '../flows/proposals/shown.ts';
import { composeProposalDetail } from '../view/messages/proposal-detail.ts';
import { proposalJson } from './proposal/json.ts';
import { parseStop } from './stop/parse.ts';
import { tokenise } from './tokens.ts';
import type { Command } from './types.ts';

export const stop: Command = {
  name: 'stop',
  task: 'act',
  summary: 'What could be stopped, what would happen, and who must approve; nothing is called yet',
  usage: 'anomaly NUMBER | WHAT [--env ENVIRONMENT] [--action ID]',
  examples: [
    'stop anomaly 12',
    'stop model bert --env dev',
    'stop environment:dev',
    'stop k8s://ml-cluster/search/deployment/ranker',
  ],
  offer: 'stop',
  async run(context, args) {
    const { store, settings, actor } = context;
    const words = await parseStop(context, tokenise(args));
    if (words.asked) return words.asked;
    const parts = demandActing(context);
    const draft = await draftProposal(context, parts, actor, words.target, words.options);
    const approvers = await findProposalApprovers(context, draft);
    const need = needOf(draft, settings);
    const shown = { ...(await showProposal(store, draft, { approvers, actions: parts.actions })), ...need };
    const now = context.now();
    const when = { now, today: dayInZone(now, settings.timeZone), timeZone: settings.timeZone };
    return {
      view: composeProposalDetail(shown, when),
      data: { question: `stop ${args}`, ...proposalJson(shown), warnings: [] },
    };
  },
};
