/** Sentences of ten kinds, each with what it truly asks. The truth comes from how a sentence is built, never from reading it. */
import { random } from './organisation.ts';
import { someTime, type TimeTruth } from './times.ts';

export interface Truth {
  readonly scope: string;
  /** The charges it is about. */
  readonly match: Readonly<Record<string, string>>;
  /** undefined: the last 30 complete days. */
  readonly time?: TimeTruth;
  readonly by?: string;
  readonly currency?: 'EUR';
  readonly billed?: boolean;
  /** How many rows at most, for "top 5". */
  readonly count?: number;
}

export interface Sentence {
  readonly kind: string;
  readonly text: string;
  /** undefined: nobody can be sure what it asks, so it must be asked back. */
  readonly truth?: Truth;
}

type Subject = Pick<Truth, 'scope' | 'match'> & { readonly words: string };

const model = (name: string, words = name): Subject => ({
  scope: `model:${name}`,
  match: { model: name },
  words,
});
const team = (name: string, words: string): Subject => ({
  scope: `team:${name}`,
  match: { team: name },
  words,
});
const service = (name: string, words = name): Subject => ({
  scope: `service:${name}`,
  match: { service: name },
  words,
});

const PLAIN = [
  model('bert'),
  model('bert-large'),
  model('ranker-v3'),
  model('gpt-4o'),
  team('growth', 'growth'),
  team('search', 'team search'),
  team('trust-safety', 'the trust-safety team'),
  service('Amazon SageMaker'),
];
const HARD = [
  model('bert', 'BERT'),
  model('bert', '"bert"'),
  model('bert', 'BERT for Search'),
  model('bert-large', 'bert large'),
  model('bert-large', 'the Bert Large model'),
  model('ranker-v3', 'Ranker'),
  model('ranker-v3', 'the relevance ranker'),
  model('gpt-4o', 'GPT 4o'),
  model('search', 'model search'),
  model('search', 'the search model'),
  model('may', 'model may'),
  model('may'),
  model('now', 'now'),
  model('week', 'week'),
  model('top', 'the top model'),
  model('café müller', 'Café Müller'),
  model('café müller', 'CAFÉ MÜLLER GmbH'),
  model('café müller', 'Cafe'),
  team('search', 'Search & Ads'),
  team('search', 'search and ads'),
  team('trust-safety', 'Trust & Safety'),
  team('trust-safety', 'trust and safety'),
  team('data', 'team data'),
  team('data', 'the Data Platform'),
  service('Amazon SageMaker', 'SageMaker'),
  service('Amazon Bedrock', 'bedrock'),
  service('Azure OpenAI Service', 'the Azure OpenAI service'),
  { scope: 'feature:checkout', match: { feature: 'checkout' }, words: 'feature checkout' },
];
const BREAKDOWNS: readonly (readonly [string, string])[] = [
  ['by service', 'service'],
  ['per region', 'region'],
  ['broken down by stage', 'stage'],
  ['split by model', 'model'],
  ['by team', 'team'],
  ['grouped by region', 'region'],
];

export function makeSentences(seed: number, today: string, each: number): Sentence[] {
  const pick = random(seed);
  const one = <T>(list: readonly T[]) => list[Math.floor(pick() * list.length)] as T;
  const time = () => someTime(today, pick);
  const ask = (words: string, when: string, more = '') => {
    const after = [when, more].filter(Boolean).join(' ');
    return one([
      `How much did ${words} cost ${after}?`,
      `how much did we spend on ${words} ${after}`,
      `what did ${words} cost ${after}`,
      `What's the cost of ${words} ${after}?`,
      `${words}'s bill ${after}`,
      `show me ${words} ${after}`,
      `Hi! Could you tell me how much we spent on ${words} ${after}, please? Thanks!`,
      `how expensive was ${words} ${after}`,
      `cost of ${words} ${after}`,
      `why did ${words} jump ${after}?`,
      `${words} ${after}`,
      // Nobody has taught it this one: people will always find another way to say it.
      `remind me what ${words} cost ${after}`,
    ]).trim();
  };
  const asked = (subject: Subject, more = '', when: TimeTruth | undefined = time()) => ({
    text: ask(subject.words, when?.words ?? '', more),
    truth: { scope: subject.scope, match: subject.match, ...(when && { time: when }) },
  });

  const kinds: Readonly<Record<string, () => Omit<Sentence, 'kind'>>> = {
    plain: () => (pick() < 0.15 ? askedNow(one(PLAIN)) : asked(one(PLAIN))),
    breakdown: () => {
      const [words, by] = one(BREAKDOWNS);
      const { text, truth } = asked(one(PLAIN), words);
      return { text, truth: { ...truth, by } };
    },
    stage: () => {
      const { scope, match, words } = one(PLAIN.filter((subject) => subject.scope.startsWith('model:')));
      const stage = one(['training', 'inference']);
      const when = time();
      const text = one([
        `how much did ${words} ${stage} cost ${when.words}`,
        `${stage} cost of ${words} ${when.words}`,
        `what did ${words}'s ${stage} cost ${when.words}?`,
        `how much did we spend on ${stage} for ${words} ${when.words}`,
        `${words}/${stage} ${when.words}`,
      ]);
      return { text, truth: { scope: `${scope}/${stage}`, match: { ...match, stage }, time: when } };
    },
    money: () => {
      const [words, more] = one<readonly [string, Pick<Truth, 'currency' | 'billed'>]>([
        ['in euros', { currency: 'EUR' }],
        ['in EUR', { currency: 'EUR' }],
        ['in €', { currency: 'EUR' }],
        ['in eur', { currency: 'EUR' }],
        ['as billed', { billed: true }],
        ['as invoiced', { billed: true }],
        ['as billed in euros', { currency: 'EUR', billed: true }],
        ['in dollars', {}],
      ]);
      const { text, truth } = asked(one(PLAIN), words);
      return { text, truth: { ...truth, ...more } };
    },
    dates: () => asked(one(PLAIN.slice(0, 3))),
    names: () => asked(one(HARD)),
    whole: () => {
      const when = time();
      const all = { match: {}, time: when, scope: 'org' };
      return one<() => Omit<Sentence, 'kind'>>([
        () => ({ text: `how much did we spend ${when.words}?`, truth: all }),
        () => ({ text: `what did everything cost ${when.words}`, truth: all }),
        () => ({ text: `How much did Rehome spend ${when.words}?`, truth: all }),
        () => ({ text: `total cost per team ${when.words}`, truth: { ...all, by: 'team' } }),
        () => ({ text: `what did all services cost ${when.words}`, truth: { ...all, by: 'service' } }),
        () => ({
          text: `what are the top 3 models ${when.words}?`,
          truth: { ...all, by: 'model', count: 3 },
        }),
        () => ({
          text: `most expensive services ${when.words}`,
          truth: { ...all, by: 'service', count: 10 },
        }),
        () => ({ text: `which team spent the most ${when.words}`, truth: { ...all, by: 'team', count: 10 } }),
      ])();
    },
    ambiguous: () => ({
      text: one([
        ask('search', time().words),
        one(['how much did may cost', 'cost of may', "may's bill", 'what did we spend on May?']),
        ask('bert', 'on 12/11'),
        ask('bert', 'on 3/4/2026'),
        ask('bert and ranker-v3', time().words),
        ask('team growth', 'last week in October'),
        `how much did training cost ${time().words}`,
        `cost ${time().words}`,
        ask('bert', `${time().words} and yesterday`),
        `how much did bert cost ${time().words}? And gpt-4o?`,
        `how much did growth spend on bert ${time().words}`,
        ask('the team', time().words),
      ]),
    }),
    unsupported: () => {
      const when = time().words;
      return {
        text: one([
          ask('bert', when, 'without tax'),
          ask('bert', when, 'excluding dev'),
          ask('bert', when, 'per user'),
          ask('bert', `${when} except on weekends`),
          `what will bert be worth next month`,
          `how much will bert cost ${when}`,
          `did bert cost more than $500 ${when}?`,
          `how much more did bert cost ${when} than ranker-v3`,
          `what did bert not cost ${when}`,
          `average daily cost of bert ${when}`,
          `how much did bert cost in us-east-1 ${when}`,
          `how much did bert cost ${when} if we ignore credits`,
          `October vs September for bert`,
          `how much did bert save ${when}`,
          `how much does bert cost a month`,
          `second most expensive model ${when}`,
          `top 5 models of team growth ${when}`,
          `how many tokens did bert use ${when}`,
          `unallocated cost of bert ${when}`,
          `what did bert cost in prod ${when}`,
          `how much did bert cost before ${when}`,
        ]),
      };
    },
    unknown: () => ({
      text: one([
        ask('bret', time().words),
        ask('berta', time().words),
        ask('ranker-v4', time().words),
        ask('the growht team', time().words),
        ask('bert xl', time().words),
        ask('"berd"', time().words),
        ask('model growth', time().words),
        `wie viel hat bert letzte Woche gekostet?`,
        `combien a coûté bert la semaine dernière ?`,
        `cuánto costó bert la semana pasada`,
        `bertの先週のコストは？`,
        `lgtm, shipping bert today!`,
        `thanks bert`,
        `bert is down again`,
      ]),
    }),
  };

  function askedNow(subject: Subject) {
    const words = ask(subject.words, '');
    return { text: words, truth: { scope: subject.scope, match: subject.match } };
  }

  return Object.entries(kinds).flatMap(([kind, make]) =>
    Array.from({ length: each }, () => ({ kind, ...make() })),
  );
}
