/** The dialog that lets an anomaly sleep, and shows what such a snooze would have muted. */
import { AppError } from '../../core/errors.ts';
import {
  PREVIEW_DAYS,
  type SnoozeChoice,
  type SnoozePreview,
  snoozePreview,
} from '../../flows/anomalies/snooze-preview.ts';
import { type Element, type Form, text } from '../../view/elements.ts';
import { countOf } from '../../view/format.ts';
import { placeOf } from '../../view/messages/anomaly-words.ts';
import type { CommandContext } from '../types.ts';
import { anomalyAbout, reasonField } from './anomaly-about.ts';
import { quotedReason } from './reason.ts';

/** Until it grows: after so many days it wakes up in any case. */
const LONGEST = 30;
const CHOICES: readonly (SnoozeChoice & { readonly value: string })[] = [
  { value: '1d', label: '1 day', days: 1 },
  { value: '3d', label: '3 days', days: 3 },
  { value: '1w', label: '1 week', days: 7 },
  { value: 'growth', label: `until it grows (${LONGEST} days at most)`, days: LONGEST },
];
const GROWTHS = [10, 25, 50, 100] as const;

/** The dialog for "anomaly 12". */
export async function buildSnoozeForm(context: CommandContext, commandText: string): Promise<Form> {
  const about = await anomalyAbout(context, commandText);
  const preview = await snoozePreview(context, about.stored, { choices: CHOICES, growths: GROWTHS });
  return {
    form: 'anomaly-snooze',
    text: `anomaly ${about.id}`,
    title: 'Snooze',
    submit: 'Snooze',
    intro: about.intro,
    body: previewElements(preview, placeOf(about.shown)),
    fields: [
      {
        kind: 'select',
        name: 'for',
        label: 'How long',
        options: CHOICES.map(({ value, label }) => ({ value, label })),
        value: '3d',
      },
      {
        kind: 'select',
        name: 'growth',
        label: 'Wake it up earlier when it grows by',
        options: GROWTHS.map((growth) => ({ value: `${growth}`, label: `${growth} % a day` })),
        value: '50',
        optional: true,
      },
      reasonField('Why', { optional: true, placeholder: 'Tomás looks at it on Monday' }),
    ],
  };
}

/** The command that the filled-in dialog means. Throws INVALID when nothing says when it wakes up. */
export function submitSnooze(commandText: string, values: Readonly<Record<string, string>>): string {
  const chosen = CHOICES.find(({ value }) => value === values.for);
  const growth = GROWTHS.find((one) => `${one}` === values.growth);
  if (!chosen || (chosen.value === 'growth' && growth === undefined))
    throw new AppError('INVALID', 'Until when shall it sleep? Nothing was snoozed.', {
      hint: 'Open the dialog again and choose by how much it may grow.',
    });
  return [
    `${commandText} snooze ${chosen.days}d`,
    growth !== undefined && `+${growth}%`,
    quotedReason(values.reason),
  ]
    .filter(Boolean)
    .join(' ');
}

function previewElements({ messages, anomalies, lines }: SnoozePreview, place: string): Element[] {
  const about = `about ${place} in the last ${PREVIEW_DAYS} days`;
  if (messages <= anomalies)
    return [
      {
        kind: 'context',
        spans: [
          text(
            messages === 0
              ? `There was no message ${about}: a snooze would have muted nothing.`
              : `${countOf(messages, 'message')} ${about}, each the first of its anomaly: a snooze would have muted none.`,
          ),
        ],
      },
    ];
  return [
    {
      kind: 'text',
      spans: [
        text(
          `What it would have muted of ${countOf(messages, 'message')} on ${anomalies === 1 ? '1 anomaly' : `${anomalies} anomalies`} ${about}, and how many of those were so much worse that they would still have come:`,
        ),
      ],
    },
    {
      kind: 'table',
      columns: [
        { title: 'Snooze' },
        { title: 'Muted', align: 'right' },
        ...GROWTHS.map((growth) => ({ title: `+${growth} %`, align: 'right' as const })),
      ],
      rows: lines.map(({ label, muted, worse }) => [
        label.replace(/ \(.*\)$/, ''),
        `${muted}`,
        ...GROWTHS.map((growth) => (muted === 0 ? '–' : `${worse.get(growth) ?? 0}`)),
      ]),
    },
  ];
}
