/** The dialog that says: this spend is expected. */
import { addDays } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { approvalEffect } from '../../flows/anomalies/approval-effect.ts';
import { EFFECT_DAYS } from '../../flows/anomalies/verdict-effect.ts';
import { type Element, type Form, text } from '../../view/elements.ts';
import { effectWords } from '../../view/messages/anomaly-changed.ts';
import type { CommandContext } from '../types.ts';
import { anomalyAbout, reasonField } from './anomaly-about.ts';
import { quotedReason } from './reason.ts';

/** The dialog for "anomaly 12". */
export async function buildApproveForm(context: CommandContext, commandText: string): Promise<Form> {
  const { id, stored, shown, today, intro } = await anomalyAbout(context, commandText);
  const effect = await approvalEffect(context, stored);
  const body: Element[] = [
    ...(effect
      ? [{ kind: 'text' as const, spans: [text(effectWords(shown, { ...effect, days: EFFECT_DAYS }))] }]
      : []),
    {
      kind: 'context',
      spans: [
        text(
          'Without a day, so much is expected from now on, and only more than that is told. With an amount it becomes planned spend, which forecasts reckon with too.',
        ),
      ],
    },
  ];
  return {
    form: 'anomaly-approve',
    text: `anomaly ${id}`,
    title: 'Approve spend',
    submit: 'Approve',
    intro,
    body,
    fields: [
      reasonField('Why is it expected?', { placeholder: 'retraining for the launch, ends with November' }),
      {
        kind: 'date',
        name: 'until',
        label: 'Expected until',
        optional: true,
        hint: `The last day of it, for example ${addDays(today, 7)}.`,
      },
      {
        kind: 'text',
        name: 'amount',
        label: 'Planned amount until then, in all',
        placeholder: '5000, 5k',
        optional: true,
        hint: 'Beyond what is usual. It needs the day above.',
      },
      {
        kind: 'text',
        name: 'currency',
        label: 'Currency of the amount',
        value: shown.currency,
        placeholder: 'USD',
        optional: true,
      },
    ],
  };
}

/** The command that the filled-in dialog means. Throws INVALID without a reason, or for an amount without a day. */
export function submitApproval(commandText: string, values: Readonly<Record<string, string>>): string {
  const reason = quotedReason(values.reason);
  const until = values.until?.trim();
  const amount = values.amount?.trim();
  if (!reason)
    throw new AppError('INVALID', 'Why is it expected? Nothing was approved.', {
      hint: 'Open the dialog again and give a reason: it is kept with your name.',
    });
  if (amount && !until)
    throw new AppError('INVALID', `Until when is ${amount} planned? Nothing was approved.`, {
      hint: 'Open the dialog again and choose the last day.',
    });
  return [
    commandText,
    'approve',
    until && `until ${until}`,
    amount && ['amount', amount, values.currency?.trim()].filter(Boolean).join(' '),
    reason,
  ]
    .filter(Boolean)
    .join(' ');
}
