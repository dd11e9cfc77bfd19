/** What may be spent: shows budgets with their use and course, sets and removes them, and lets people ask for them. */
import { remove, set } from './budget/change.ts';
import { decide, request, requests, withdraw } from './budget/requests.ts';
import { showAll, showHistory, showMine, showOne } from './budget/show.ts';
import { tokenise } from './tokens.ts';
import type { Command } from './types.ts';

export const budget: Command = {
  name: 'budget',
  task: 'change',
  summary: 'Budgets with their use, pace and forecast; set, request, approve, and who changed what when',
  usage:
    '[list|SCOPE|set SCOPE AMOUNT [CURRENCY|tokens] [PERIOD|DAYS]|remove SCOPE [PERIOD]|request SCOPE AMOUNT [CURRENCY] [PERIOD] [REASON]|requests [all|ID]|approve ID|decline ID [REASON]|withdraw ID|history SCOPE]',
  examples: [
    'budget',
    'budget model:bert',
    'budget set model:bert 15000 USD monthly',
    'budget set team:search 500M tokens monthly',
    'budget set model:bert/training 5000 USD fixed 2026-11-20..2026-12-10',
    'budget request model:bert/training 20000 USD monthly two more retrains',
    'budget history model:bert',
  ],
  offer: 'budget list',
  async run(context, args) {
    const [first, ...rest] = tokenise(args);
    const verb = first && !first.quoted ? first.text.toLowerCase() : '';
    switch (verb) {
      case '':
        return first ? showOne(context, args, [first, ...rest]) : showMine(context);
      case 'list':
      case 'all':
        return showAll(context, 'All budgets');
      case 'set':
        return set(context, args, rest);
      case 'remove':
      case 'delete':
        return remove(context, args, rest);
      case 'request':
        return request(context, args, rest);
      case 'requests':
        return requests(context, args, rest);
      case 'approve':
      case 'decline':
        return decide(context, args, rest, verb);
      case 'withdraw':
        return withdraw(context, args, rest);
      case 'history':
        return showHistory(context, args, rest);
      case 'show':
        return rest.length > 0 ? showOne(context, args, rest) : showMine(context);
      default:
        return showOne(context, args, first ? [first, ...rest] : rest);
    }
  },
};
