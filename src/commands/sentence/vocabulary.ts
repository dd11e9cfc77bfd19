/** The words of plain sentences that are neither names, times nor money, as patterns over lower-case words. */
import type { Meaning, Verb, VerbWord } from './meaning.ts';

/** No entry of the vocabulary is longer, in words. */
export const LONGEST_PHRASE = 8;

const verb = (name: Verb): Meaning => ({ is: 'verb', verb: name });
const wordOf = (name: Verb, word: VerbWord): Meaning => ({
  is: 'word-of',
  verb: name,
  word,
});

const GREETING =
  /^(?:hey|hi|hello|hallo|good morning|morning|hi there|hey there|hello there|thanks|thank you|thanks a lot|many thanks|cheers|@?pennywatch)$/;
const FILLER = /^(?:the|a|an|of|for|on|please|pls|kindly|total|overall|exactly|money|in total|for us)$/;
const ASKING =
  /^(?:did|do|does|is|are|was|were|has|have|been|being|what|what's|whats|what is|can you|could you|can i see|do you know|i'd like to know|i would like to know|i want to know|i want to see|i'd like to see|i need|we need|i need to know|tell me)$/;
const COST =
  /^(?:costs?|costed|costing|spend|spends|spent|spending|spendings|expenses?|expenditures?|bills?|pay|paid|how much|by how much|how expensive|show|show me|list|explain|burn|burned|burnt|break down|split|show us|give me|give us|get me|cost us|costs us|costing us|figures?|numbers?|breakdown|cost breakdown|chart|graph|why|why's|what changed|what happened to|changed?|changes|jump|jumped|go up|goes up|went up|gone up|going up|increased?|increases|increasing|rise|rises|rose|risen|rising|spiked?|grow|grows|grew|grown|growing|drop|drops|dropped|fall|falls|fell|fallen|go down|goes down|went down|gone down|going down|decreased?|so expensive|so high|so much|so low)$/;
const EVERYTHING =
  /^(?:we|our|everything|altogether|all together|the (?:whole )?(?:company|organi[sz]ation))$/;
const WHOLE_COST = /^(?:all|total|overall)(?: of)?(?: the| our)? (?:costs?|spend|spending|bills?|expenses)$/;
const MOST =
  /^(?:(?:the )?most(?: money)?|the most expensive|(?:the |our )?(?:biggest|highest|largest) (?:costs?|spend|bills?|expenses?))$/;

/** Every other meaning by its pattern. */
const OTHERS: readonly (readonly [RegExp, Meaning])[] = [
  [
    /^(?:as billed|billed|as invoiced|invoiced|billed costs?|invoiced costs?)$/,
    { is: 'basis', basis: 'billed' },
  ],
  [/^(?:(?:at|in|by|with) )?(?:the )?list (?:prices?|costs?)$/, { is: 'basis', basis: 'list' }],
  [
    /^(?:(?:at|in|by|with) )?(?:the )?contract(?:ed)? (?:prices?|costs?)$/,
    { is: 'basis', basis: 'contracted' },
  ],
  [/^(?:effective|amorti[sz]ed)(?: costs?)?$/, { is: 'basis', basis: 'effective' }],
  [/^(?:training|train)(?: (?:stage|costs?|spend|spending))?$/, { is: 'stage', stage: 'training' }],
  [/^(?:inference|serving)(?: (?:stage|costs?|spend|spending))?$/, { is: 'stage', stage: 'inference' }],
  [/^(?:data (?:stage|processing|costs?|spend|spending))$/, { is: 'stage', stage: 'data' }],
  [
    /^(?:who owns|who own|who's the owner of|who is the owner of|who are the owners of|owners? of|owners?|who's responsible for|who is responsible for|whose)$/,
    verb('owner'),
  ],
  [
    /^(?:(?:anything|something|what|what's|what is) (?:unusual|strange|weird|odd|abnormal|suspicious)|(?:any |the |all |all the )?(?:new |open |current |cost )*(?:anomaly|anomalies)|unusual (?:costs?|spend|spending)|cost spikes)$/,
    verb('anomalies'),
  ],
  [
    /^(?:(?:the |our |any )?(?:cost )?slos?(?: doing)?|(?:how are|how do) (?:the |our )?(?:cost )?slos?(?: (?:doing|look))?|(?:within|meeting|missing) (?:the |our )?(?:cost )?slos?)$/,
    verb('slo'),
  ],
  [/^(?:planned(?: (?:costs?|spend|spending))?|(?:the |our )?(?:spending )?plans)$/, verb('plan')],
  [
    /^(?:(?:who|which (?:teams?|models?|ones?)|what|anybody|anyone|somebody) (?:is|are|goes|is going|are going|will go|will be) (?:over|above) (?:the |their |its |our )?budgets?|all (?:the |our )?budgets)$/,
    verb('budgets'),
  ],
  [
    /^(?:will (?:we |it |they )?(?:stay|be|go|end up|remain|keep) (?:within|over|under|on|in) (?:the |our |its |their )?budget(?: this month)?)$/,
    verb('budget'),
  ],
  [
    /^(?:(?:still )?(?:within|over|under|on|inside|in) (?:the |its |their |our |your )?budget|(?:the )?remaining budget|budgets?|budgeted)$/,
    verb('budget'),
  ],
  [
    /^(?:(?:the )?(?:cost |month[- ]end |spend(?:ing)? )?(?:forecasts?|forecasted|projections?|projected|outlook)(?: of| for)?|what will|how much will)$/,
    verb('forecast'),
  ],
  [
    /^(?:(?:at|by|until|till|for) (?:the )?(?:end of (?:the |this )?month|month[- ]end)|(?:the )?rest of the month)$/,
    wordOf('forecast', 'this month'),
  ],
  [/^(?:tomorrow|(?:the )?next day)$/, wordOf('forecast', 'next day')],
  [/^(?:(?:in |over |within )?(?:the )?next (?:week|(?:7|seven) days))$/, wordOf('forecast', 'next week')],
  [/^(?:(?:in )?(?:the )?next month)$/, wordOf('forecast', 'next month')],
  [
    /^(?:(?:in |over |within )?(?:the )?next (?:quarter|90 days|(?:3|three) months))$/,
    wordOf('forecast', 'next quarter'),
  ],
  [/^(?:left|remaining|remains|left over)$/, wordOf('budget', 'left')],
  [
    /^(?:how (?:fresh|old|recent|current|up to date) (?:is|are) (?:the|our|your) (?:data|figures|numbers)|(?:is|are) (?:the|our|your) (?:data|figures|numbers) (?:fresh|complete|up to date|current)|when (?:was|were) (?:the|our|your) (?:data|figures|numbers) (?:last )?(?:updated|imported|refreshed|loaded)|when was the (?:last|latest) import|data freshness|freshness of the data|(?:data )?sources|which (?:data )?sources|(?:what|which) (?:data )?sources (?:are there|do you have|do we have)|where (?:does|do) (?:the|our|your) (?:data|figures|numbers) come from)$/,
    verb('sources'),
  ],
  [
    /^(?:unallocated|not allocated|allocated|unclaimed|not claimed|untagged|coverage|allocation coverage)$/,
    verb('coverage'),
  ],
  [
    /^(?:help|help me|what can (?:i|we) (?:ask|say|do|ask you|do here)|what can you (?:do|answer)|what do you (?:do|know|understand)|how does this work|how do(?:es)? (?:you|pennywatch) work|how do i use (?:this|you|pennywatch))$/,
    verb('help'),
  ],
  [/^(?:compare|comparison (?:of|between)|(?:the )?difference between|compared?)$/, verb('compare')],
  [/^(?:vs|versus|against|compared? (?:to|with|against)|compares (?:to|with|against))$/, verb('compare')],
  [/^how (?:do|does)$/, verb('compare')],
  [/^(?:and|with|to|&|vs|versus|against|compared? (?:to|with|against))$/, wordOf('compare', 'and')],
  [/^(?:subscribe|sign up|send)$/, verb('subscribe')],
  [/^(?:unsubscribe|stop sending)$/, verb('unsubscribe')],
  [/^(?:to|from)$/, wordOf('subscribe', 'to')],
  [/^(?:report|reports|summary|update|updates)$/, wordOf('subscribe', 'report')],
  [/^(?:weekly|every week|each week|once a week)$/, { is: 'frequency', frequency: 'weekly' }],
  [/^(?:daily|every day|each day|once a day)$/, { is: 'frequency', frequency: 'daily' }],
  [/^(?:me|myself)$/, { is: 'target', target: 'me' }],
  [/^(?:us|here|this channel|our channel|the channel)$/, { is: 'target', target: 'here' }],
];

/** What a phrase can mean, whatever is named in it. Lower case and single spaces expected. */
export function readPhrase(phrase: string): readonly Meaning[] {
  return [
    ...(GREETING.test(phrase) ? [{ is: 'greeting' } as const] : []),
    ...(FILLER.test(phrase) ? [{ is: 'filler' } as const] : []),
    ...(ASKING.test(phrase) ? [{ is: 'asking' } as const] : []),
    ...(COST.test(phrase) ? [{ is: 'cost' } as const] : []),
    ...(EVERYTHING.test(phrase) ? [{ is: 'everything' } as const] : []),
    ...(WHOLE_COST.test(phrase) ? [{ is: 'everything', asks: true } as const] : []),
    ...(MOST.test(phrase) ? [{ is: 'most' } as const] : []),
    ...OTHERS.flatMap(([pattern, meaning]) => (pattern.test(phrase) ? [meaning] : [])),
  ];
}
