/** The dialogs of proposals: what to stop and why, and why not. */
import { dayInZone } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { demandActing } from '../../flows/proposals/acting.ts';
import { findProposalApprovers } from '../../flows/proposals/approvers.ts';
import { demandProposal, demandState } from '../../flows/proposals/demand-proposal.ts';
import { draftProposal } from '../../flows/proposals/draft.ts';
import { needOf } from '../../flows/proposals/need.ts';
import { showProposal } from '../../flows/proposals/shown.ts';
import { type Form, text as words } from '../../view/elements.ts';
import { composeProposalForm } from '../../view/messages/proposal-form.ts';
import { demandStop } from '../stop/parse.ts';
import { tokenise } from '../tokens.ts';
import type { CommandContext } from '../types.ts';
import { quotedReason } from './reason.ts';

/** For "proposal NUMBER", a draft; or for "stop …", which makes one by looking at what runs. */
export async function buildProposalForm(context: CommandContext, text: string): Promise<Form> {
  const { store, settings, actor } = context;
  const parts = demandActing(context);
  const id = /^proposal (\d+)$/.exec(text)?.[1];
  const draft =
    id === undefined
      ? await draftProposal(
          context,
          parts,
          actor,
          ...(await demandStop(context, tokenise(text.replace(/^stop\s+/, '')))),
        )
      : await demandProposal(store, Number(id));
  const now = context.now();
  demandState(draft, ['draft'], now);
  const approvers = await findProposalApprovers(context, draft);
  const shown = await showProposal(store, draft, {
    approvers,
    actions: parts.actions,
  });
  const when = { now, today: dayInZone(now, settings.timeZone), timeZone: settings.timeZone };
  return composeProposalForm(shown, needOf(draft, settings), when);
}

/** Throws INVALID when nothing is chosen or no reason is given. */
export function submitProposal(text: string, values: Readonly<Record<string, string>>): string {
  const items = values.items ?? '';
  if (!/^\d+(,\d+)*$/.test(items))
    throw new AppError('INVALID', 'Nothing was chosen, so nothing was asked for.', {
      hint: `Choose at least one resource: ${text}.`,
    });
  const reason = quotedReason(values.reason);
  if (!reason)
    throw new AppError('INVALID', 'Say why: the approvers want to know.', {
      hint: `${text} request ${items} "REASON"`,
    });
  return `${text} request ${items} ${reason}`;
}

export function buildProposalDeclineForm(_context: CommandContext, text: string): Form {
  return {
    form: 'proposal-decline',
    text,
    title: 'Decline',
    submit: 'Decline',
    intro: [words('Nothing is called. Whoever asked sees what you write here.')],
    fields: [
      { kind: 'text', name: 'reason', label: 'Why', placeholder: 'it is the big retrain', long: true },
    ],
  };
}

export function submitProposalDecline(text: string, values: Readonly<Record<string, string>>): string {
  return [`${text} decline`, quotedReason(values.reason)].filter(Boolean).join(' ');
}
