/** The words of the reports that an admin may change, with what each sentence is given. */

export interface SentenceDefinition {
  /** What it says, for the comment above and for doctor. */
  readonly says: string;
  /** The values it may use. Those that may be missing are nil then, so that {% if … %} can ask. */
  readonly slots: readonly string[];
  /** The text that is used unless a file of the same name says otherwise. */
  readonly text: string;
}

export const SENTENCES = {
  'weekly-headline': {
    says: 'The first line of a weekly report. "base" is what the change is measured against.',
    slots: ['subject', 'cost', 'when', 'change', 'base', 'none'],
    text: `{% if cost %}{{ subject }}: {{ cost }} {{ when }}{% if change %}, {{ change }} on {{ base }}{% endif %}
{%- elsif none %}{{ subject }}: no cost {{ when }}
{%- else %}{{ subject }}: cost unknown {{ when }}{% endif %}`,
  },
  'daily-headline': {
    says: 'The first line of a daily report.',
    slots: ['subject', 'cost', 'when', 'change', 'base', 'none'],
    text: `{% if cost %}{{ subject }}: {{ cost }} {{ when }}{% if change %}, {{ change }} on {{ base }}{% endif %}
{%- elsif none %}{{ subject }}: no cost {{ when }}
{%- else %}{{ subject }}: cost unknown {{ when }}{% endif %}`,
  },
  'report-forecast': {
    says: 'Where the month is going, beside its budget. "mark" is 🟢, 🟠 or 🔴 and "verdict" its word; "closed" is true once the month is complete; "reason" says why there is no forecast.',
    slots: [
      'month',
      'forecast',
      'low',
      'high',
      'spent',
      'until',
      'closed',
      'reason',
      'budget',
      'used',
      'mark',
      'verdict',
    ],
    text: `{% if closed %}{{ month }} closed at *{{ spent }}*{% if budget %} of {{ budget }}{% endif %}
{%- elsif forecast %}On course for *{{ forecast }}*{% if budget %} of the {{ budget }} budget{% endif %} in {{ month }}
{%- else %}No month-end forecast: {{ reason }}{% if budget and used %}; {{ used }} of the {{ budget }} {{ month }} budget is used{% endif %}
{%- endif %}{% if mark %} {{ mark }} {{ verdict }}{% endif %}{% if low %} (80 %: {{ low }}–{{ high }}){% endif %}.`,
  },
  'report-unit-cost': {
    says: 'What one unit costs now. "rose", "fell" or "flat" is true; none is when the week before is unknown. "what" is "Cost" or "Inference cost".',
    slots: ['what', 'per', 'cost', 'percent', 'rose', 'fell', 'flat'],
    text: `{% if rose %}{{ what }} per {{ per }} rose {{ percent }} to {{ cost }}.
{%- elsif fell %}{{ what }} per {{ per }} fell {{ percent }} to {{ cost }}.
{%- elsif flat %}{{ what }} per {{ per }} stayed at {{ cost }}.
{%- else %}{{ what }} per {{ per }}: {{ cost }}.{% endif %}`,
  },
  'report-incomplete': {
    says: 'Said when some days of the reported time are not complete. "arrived" is what has come of them so far, "silent" who fails to send the rest.',
    slots: ['until', 'missing', 'several', 'arrived', 'silent'],
    text: `{% if until %}Complete until {{ until }}{% else %}No day is complete yet{% endif %}; {{ missing }} {% if several %}are{% else %}is{% endif %}
{%- if silent %} unknown from {{ silent }}{% else %} still arriving{% endif %}
{%- if arrived %} ({{ arrived }} so far, not counted){% endif %}.`,
  },
  'report-mover': {
    says: 'One line per thing that moved most, with what the data says about why.',
    slots: ['name', 'change', 'percent', 'reason', 'owner'],
    text: `*{{ name }}* {{ change }}{% if percent %} ({{ percent }}){% endif %}{% if reason %}: {{ reason }}{% endif %}{% if owner %} · owner {{ owner }}{% endif %}`,
  },
  'report-restated': {
    says: 'What bills were changed afterwards, in days that the last report called complete.',
    slots: ['last', 'net', 'days', 'rules'],
    text: `Restated since the last report ({{ last }}): {{ net }} net; {{ days }}{% if rules %}. Allocation rules changed too, so part of it is cost that moved{% endif %}.`,
  },
  'report-coverage': {
    says: 'How much of the cost has a model.',
    slots: ['allocated', 'unclaimed'],
    text: `{{ allocated }} allocated to models{% if unclaimed %} ({{ unclaimed }} has none){% endif %}`,
  },
} as const satisfies Readonly<Record<string, SentenceDefinition>>;

export type SentenceName = keyof typeof SENTENCES;
export type SlotName<N extends SentenceName> = (typeof SENTENCES)[N]['slots'][number];

export const SENTENCE_NAMES = Object.keys(SENTENCES) as SentenceName[];
