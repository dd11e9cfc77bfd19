/** Reads what is asked besides costs: owners, budgets, freshness, coverage, comparisons, subscriptions, help. */
import { DEFAULT_PERIOD } from '../../core/period.ts';
import { periodText, questionText } from '../../core/question.ts';
import { scopeWord } from '../../view/messages/scope-words.ts';
import type { Named, Verb } from './meaning.ts';
import { type Reading, unclear } from './outcome.ts';
import type { Pile } from './pile.ts';
import { questionFor } from './read-cost.ts';

export function readVerb(pile: Pile): Reading {
  const verb = pile.verbs[0] ?? 'help';
  if (pile.tops.length > 0 || pile.has('most') || pile.which.length > 0)
    return unclear('This asks for more than one thing.', [verb]);
  switch (verb) {
    case 'anomalies':
      return anomalies(pile);
    case 'budgets':
      return says(pile, ['everything', 'all'])
        ? { kind: 'command', text: 'budget list' }
        : tooMuch(pile, 'budget list');
    case 'help':
    case 'sources':
    case 'slo':
    case 'plan':
      return says(pile, ['cost', 'everything']) ? { kind: 'command', text: verb } : tooMuch(pile, verb);
    case 'coverage':
      return coverage(pile);
    case 'owner':
      return about(pile, verb, ['cost']);
    case 'budget':
      if (pile.named.length === 0 && says(pile, ['cost', 'everything', 'word-of']))
        return { kind: 'command', text: 'budget' };
      return about(pile, verb, ['cost', 'word-of']);
    case 'forecast':
      return forecast(pile);
    case 'compare':
      return compare(pile);
    case 'subscribe':
    case 'unsubscribe':
      return subscribe(pile, verb);
  }
}

const SAYING = [
  'cost',
  'named',
  'stage',
  'time',
  'by',
  'currency',
  'basis',
  'all',
  'everything',
  'word-of',
  'frequency',
  'target',
] as const;

/** Whether the sentence says nothing but these. */
function says(pile: Pile, allowed: readonly (typeof SAYING)[number][]): boolean {
  return SAYING.every((is) => allowed.includes(is) || !pile.has(is));
}

function tooMuch(pile: Pile, text: string): Reading {
  const costs = pile.named.map((thing) => questionText(questionFor(pile, thing, thing.stage)));
  return unclear('I understand the words, but not all of them together.', [text, ...costs]);
}

function coverage(pile: Pile): Reading {
  const [period] = pile.times;
  const [currency] = pile.currencies;
  const text = ['coverage', period && periodText(period), currency && `in ${currency}`]
    .filter(Boolean)
    .join(' ');
  return says(pile, ['cost', 'everything', 'time', 'currency'])
    ? { kind: 'command', text }
    : tooMuch(pile, text);
}

/** `anomalies team:search`; without a name, all that are open. */
function anomalies(pile: Pile): Reading {
  if (pile.named.length > 0) return about(pile, 'anomalies', ['cost']);
  return says(pile, ['cost', 'everything'])
    ? { kind: 'command', text: 'anomalies' }
    : tooMuch(pile, 'anomalies');
}

/** `owner model:bert`, `budget team:search`. */
function about(pile: Pile, verb: Verb, also: readonly (typeof SAYING)[number][]): Reading {
  const things = pile.named.map((thing) => stagedThing(pile, thing));
  const [text] = things.map((thing) => `${verb} ${scopeOf(thing)}`);
  if (text === undefined) return unclear(`The ${verb} of what?`, [verb]);
  if (things.length > 1)
    return unclear(
      'I can tell that of one at a time.',
      things.map((thing) => `${verb} ${scopeOf(thing)}`),
    );
  return says(pile, ['named', 'stage', 'everything', ...also])
    ? { kind: 'command', text }
    : tooMuch(pile, text);
}

/** `forecast model:bert next month in EUR`; this month is what every forecast is about. */
function forecast(pile: Pile): Reading {
  const [currency] = pile.currencies;
  const [ahead, ...more] = pile.wordsOf.flatMap(({ verb, word }) => (verb === 'forecast' ? [word] : []));
  const others = pile.times.filter((word) => word.kind !== 'to-date' || word.unit !== 'month');
  if (others.length > 0 || more.length > 0) return tooMuch(pile, 'forecast');
  const text = (words: string) =>
    [words, ahead !== 'this month' && ahead, currency && `in ${currency}`].filter(Boolean).join(' ');
  const allowed = ['cost', 'word-of', 'currency', 'time', 'everything'] as const;
  if (pile.named.length === 0)
    return says(pile, allowed) ? { kind: 'command', text: text('forecast') } : tooMuch(pile, 'forecast');
  const reading = about(pile, 'forecast', allowed);
  return reading.kind === 'command' ? { ...reading, text: text(reading.text) } : reading;
}

/** The stage beside a model's name. */
function stagedThing(pile: Pile, thing: Named): Named {
  const stage = pile.stages[0];
  return thing.kind === 'model' && stage && !thing.stage ? { ...thing, stage } : thing;
}

function compare(pile: Pile): Reading {
  const { named } = pile;
  const [period] = pile.times;
  const [currency] = pile.currencies;
  const [basis] = pile.bases;
  if (named.length < 2)
    return unclear('I can compare two to four models, teams, services or features with each other.', [
      ...named.map((thing) => questionText(questionFor(pile, thing, thing.stage))),
    ]);
  const text = [
    'compare',
    ...named.map((thing) => scopeOf(stagedThing(pile, thing))),
    periodText(period ?? DEFAULT_PERIOD),
    currency && `in ${currency}`,
    basis && basis !== 'effective' && `--basis ${basis}`,
  ]
    .filter(Boolean)
    .join(' ');
  const plain = says(pile, ['cost', 'named', 'time', 'currency', 'basis', 'everything', 'word-of']);
  return plain && named.length <= 4 ? { kind: 'command', text } : tooMuch(pile, text);
}

function subscribe(pile: Pile, verb: 'subscribe' | 'unsubscribe'): Reading {
  const [thing, ...more] = pile.named;
  const org = thing === undefined && pile.has('everything');
  if ((!thing && !org) || more.length > 0)
    return unclear(`The report of what? I can ${verb} you to one thing at a time.`, [verb]);
  const about = thing ? scopeOf(thing) : 'org';
  const [said, ...frequencies] = pile.frequencies;
  // Without a word for it, reports begin weekly; ending means every one.
  const frequency = said ?? (verb === 'subscribe' ? 'weekly' : undefined);
  const command = (to: string) => [verb, about, frequency, to].filter(Boolean).join(' ');
  const [target, ...targets] = pile.targets;
  if (frequencies.length > 0 || targets.length > 0 || target === undefined)
    return unclear('Shall it go to you or to this channel?', [command('me'), command('here')]);
  const text = command(target);
  const plain = says(pile, ['named', 'everything', 'frequency', 'target', 'word-of', 'cost']);
  return plain ? { kind: 'command', text } : tooMuch(pile, text);
}

function scopeOf({ kind, name, stage }: Named): string {
  return scopeWord(kind === 'model' ? { kind, name, ...(stage && { stage }) } : { kind, name });
}
