/** What can be asked next from an answer. */
import type { CostAnswer } from '../../core/answer.ts';
import type { Breakdown } from '../../core/dimension.ts';
import { questionText, type Subject } from '../../core/question.ts';
import type { Button } from '../elements.ts';

const NEXT: Readonly<Record<Subject['kind'], readonly Breakdown[]>> = {
  model: ['stage', 'service', 'resource'],
  team: ['model', 'service', 'stage'],
  service: ['model', 'region', 'account'],
  feature: ['model', 'service', 'stage'],
  unallocated: ['service', 'account', 'resource'],
  all: ['provider'],
};

const COMPARABLE: readonly Subject['kind'][] = ['model', 'team', 'service', 'feature'];

export function answerButtons(answer: CostAnswer): Button[] {
  const { question, by, total, sources, lastCostDay, unconverted } = answer;
  const next = NEXT[question.subject.kind]
    .filter((column) => column !== by)
    .map(
      (column): Button => ({
        label: `By ${column}`,
        action: { do: 'command', text: questionText({ ...question, by: column }) },
      }),
    );
  const again = questionText(question);
  const lastDay =
    lastCostDay ??
    sources
      .flatMap((source) => source.watermark ?? [])
      .sort()
      .at(-1);
  const [known] = unconverted;
  const buttons: Button[] = [
    ...next,
    { label: 'Change…', action: { do: 'form', form: 'change', text: again } },
  ];
  if (total === null && known)
    buttons.unshift({
      label: `In ${known.currency}`,
      action: { do: 'command', text: questionText({ ...question, currency: known.currency }) },
    });
  else if (total === null && lastDay)
    buttons.unshift({
      label: `Ask for ${lastDay.slice(0, 7)}`,
      action: {
        do: 'command',
        text: questionText({ ...question, period: { kind: 'month', month: lastDay.slice(0, 7) } }),
      },
    });
  else {
    if (COMPARABLE.includes(question.subject.kind))
      buttons.push({ label: 'Compare…', action: { do: 'form', form: 'compare', text: again } });
    buttons.push({ label: 'Share in channel', action: { do: 'share', text: again } });
  }
  return buttons;
}
