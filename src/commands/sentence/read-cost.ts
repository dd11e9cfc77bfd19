/** Reads a question about cost: of what, when, by what, in what. */
import type { Breakdown } from '../../core/dimension.ts';
import { DEFAULT_PERIOD } from '../../core/period.ts';
import { type CostQuestion, questionText, type Subject } from '../../core/question.ts';
import { type Reading, unclear } from './outcome.ts';
import type { Pile } from './pile.ts';

const KINDS = ['model', 'team', 'service', 'feature'] as const;

const GREETING = 'Ask me what something cost, for example: how much did we spend last week?';

export function readCost(pile: Pile): Reading {
  const { named, all, stages } = pile;
  const [stage] = stages;
  const [thing, ...others] = named;
  if (thing && others.length > 0)
    return unclear(
      `This names ${named.map(({ name }) => name).join(' and ')}, and I can only tell the cost of one at a time.`,
      costOffers(pile),
    );
  if (!thing) return readWhole(pile, stage);
  if (all.length > 0 && (all.length > 1 || pile.by.length > 0 || all[0] === thing.kind))
    return unclear(`I don't know whether you ask about ${thing.name} or about all of them.`, [
      questionText(questionFor(pile, thing)),
    ]);
  if (stage !== undefined && (thing.kind !== 'model' || thing.stage !== undefined))
    return unclear('Only a model has stages.', [
      questionText({ ...questionFor(pile, thing, thing.stage), by: thing.stage ? undefined : 'stage' }),
    ]);
  if (!pile.asks && (pile.has('greeting') || pile.has('asking')))
    return unclear(`I don't know what you want of ${thing.name}.`, [questionText(questionFor(pile, thing))]);
  const question = questionFor(pile, thing, thing.stage ?? stage);
  return command({ ...question, by: question.by ?? all[0] });
}

/** Nothing is named: everything, as far as the sentence says so. */
function readWhole(pile: Pile, stage: string | undefined): Reading {
  const { all, by } = pile;
  if (all.length > 1) return unclear('I can list only one of these at a time.');
  const [listed = by[0]] = all;
  const subject: Subject = { kind: 'all', of: KINDS.find((kind) => kind === listed) ?? 'model' };
  const question = {
    ...questionOf(pile, subject),
    by: by[0] ?? (listed === subject.of ? undefined : listed),
  };
  // "All models by model" says it twice.
  const asked = { ...question, by: question.by === subject.of ? undefined : question.by };
  if (stage !== undefined)
    return unclear(
      `I can tell the ${stage} cost of one model, or all cost by stage.`,
      [questionText({ ...asked, by: 'stage' })],
      true,
    );
  const whole = all.length > 0 || by.length > 0 || pile.has('everything');
  if (whole && (pile.asks || all.length > 0)) return command(asked);
  const why = pile.asks || !pile.has('greeting') ? "I don't know what you want the cost of." : GREETING;
  return unclear(why, [questionText(asked)], pile.asks);
}

/** A cost question for each thing and each time that is named, for sentences that name too many. */
export function costOffers(pile: Pile): string[] {
  const times = pile.times.length > 0 ? pile.times : [DEFAULT_PERIOD];
  const things = [...pile.named, ...pile.otherKinds.map(({ thing }) => thing)];
  const whole: Subject = { kind: 'all', of: 'model' };
  return times.flatMap((period) =>
    things.length === 0
      ? questionText({ ...questionOf(pile, whole), period })
      : things.map((thing) => questionText({ ...questionFor(pile, thing, thing.stage), period })),
  );
}

export function questionFor(
  pile: Pile,
  thing: { readonly kind: 'model' | 'team' | 'service' | 'feature'; readonly name: string },
  stage?: string,
): CostQuestion {
  const { kind, name } = thing;
  return questionOf(pile, kind === 'model' ? { kind, name, ...(stage && { stage }) } : { kind, name });
}

function questionOf(pile: Pile, subject: Subject): CostQuestion {
  const by: Breakdown | undefined = pile.by[0];
  const currency = pile.currencies[0];
  return {
    subject,
    period: pile.times[0] ?? DEFAULT_PERIOD,
    ...(by && { by }),
    ...(currency && { currency }),
    basis: pile.bases[0] ?? 'effective',
  };
}

function command(question: CostQuestion): Reading {
  return { kind: 'command', text: questionText(question), question };
}
