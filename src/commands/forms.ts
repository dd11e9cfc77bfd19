/** Dialogs that commands open: what each shows, and which command text its values make. */
import { AppError } from '../core/errors.ts';
import type { Form } from '../view/elements.ts';
import { applyChange, changeForm } from './change-form.ts';
import { buildApproveForm, submitApproval } from './forms/anomaly-approve.ts';
import { buildInvestigateForm, submitInvestigation } from './forms/anomaly-investigate.ts';
import { buildReassignForm, submitReassign } from './forms/anomaly-reassign.ts';
import { buildSnoozeForm, submitSnooze } from './forms/anomaly-snooze.ts';
import { buildDeclineForm, buildRequestForm, submitDecline, submitRequest } from './forms/budget-request.ts';
import { buildBudgetForm, submitBudget } from './forms/budget-set.ts';
import { buildCompareForm, submitCompare } from './forms/compare.ts';
import { buildOwnerForm, submitOwner } from './forms/owner-set.ts';
import {
  buildProposalDeclineForm,
  buildProposalForm,
  submitProposal,
  submitProposalDecline,
} from './forms/proposal.ts';
import { buildSubscribeForm, submitSubscribe } from './forms/subscribe.ts';
import { buildTtlKeepForm, submitTtlKeep } from './forms/ttl-keep.ts';
import type { CommandContext } from './types.ts';

export interface CommandForm {
  /** It asks others before it can be shown. */
  readonly slow?: boolean;
  /** The dialog for the command text it starts from. */
  build(context: CommandContext, text: string): Promise<Form> | Form;
  /** The command text that the filled-in dialog means. Throws INVALID in words. */
  submit(text: string, values: Readonly<Record<string, string>>): string;
}

const forms: Readonly<Record<string, CommandForm>> = {
  change: { build: (_context, text) => changeForm(text), submit: applyChange },
  'budget-set': { build: buildBudgetForm, submit: submitBudget },
  'budget-request': { build: buildRequestForm, submit: submitRequest },
  'budget-decline': { build: buildDeclineForm, submit: submitDecline },
  'owner-set': { build: buildOwnerForm, submit: submitOwner },
  compare: { build: buildCompareForm, submit: submitCompare },
  subscribe: { build: buildSubscribeForm, submit: submitSubscribe },
  'anomaly-approve': { build: buildApproveForm, submit: submitApproval },
  'anomaly-snooze': { build: buildSnoozeForm, submit: submitSnooze },
  'anomaly-reassign': { build: buildReassignForm, submit: submitReassign },
  'anomaly-investigate': { slow: true, build: buildInvestigateForm, submit: submitInvestigation },
  proposal: { slow: true, build: buildProposalForm, submit: submitProposal },
  'ttl-keep': { build: buildTtlKeepForm, submit: submitTtlKeep },
  'proposal-decline': { build: buildProposalDeclineForm, submit: submitProposalDecline },
};

/** Throws NOT_FOUND for a form that no longer exists. */
export function findForm(name: string): CommandForm {
  const form = forms[name];
  if (form) return form;
  throw new AppError('NOT_FOUND', 'This dialog no longer exists.', { hint: 'Ask again.' });
}
