/** Says why words are not understood, with what is known of them. */

const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:without|excluding|exclude|excl|except|minus|ignoring|ignore|besides|not|no|isn't|didn't|doesn't|wasn't|less)\b/,
    "I can't leave anything out of a figure.",
  ],
  [
    /\b(?:next|will|would|forecast|forecasted|predict|predicted|prediction|expected|projected|projection|tomorrow|going to|future)\b/,
    'What is to come I can tell of this month, the next day, week, month and quarter: forecast model:NAME.',
  ],
  [
    /\b(?:more|fewer|than|above|below|exceed|exceeds|exceeded|threshold)\b/,
    "I can't answer whether it is more or less than something.",
  ],
  [
    /\b(?:average|avg|mean|median|maximum|minimum|max|min)\b/,
    "I can't take averages; every answer has its chart per day.",
  ],
  [
    /\bper\b|\b(?:user|users|customer|customers|request|requests|token|tokens)\b/,
    'I break costs down by team, model, version, stage, service, region, account, environment, feature, resource or category only.',
  ],
  [/\b(?:and|or|also|both)\b/, 'I can answer one question at a time.'],
  [/\b(?:if|when|unless|until)\b/, "I can't take conditions."],
];

/** What is known of words that are not understood. */
export function reasonFor(unknown: readonly string[]): string | undefined {
  const all = unknown.join(' ').toLowerCase().replace(/’/g, "'");
  return REASONS.find(([pattern]) => pattern.test(all))?.[1];
}

/** "I don't understand "excluding dev". I can't leave anything out of a figure." */
export function whyNot(unknown: readonly string[]): string {
  const quoted = unknown.map((words) => `"${words.length > 60 ? `${words.slice(0, 60)}…` : words}"`);
  const shown = quoted.slice(0, 4).join(', ') + (quoted.length > 4 ? ` and ${quoted.length - 4} more` : '');
  const reason = reasonFor(unknown);
  return `I don't understand ${shown} here, so I would rather ask than guess.${reason ? ` ${reason}` : ''}`;
}
