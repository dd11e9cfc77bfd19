/** A CronJob: no new runs start; those under way go on. */
import { suspension } from './suspension.ts';
import { ownerOf, plural } from './words.ts';

export const cronJobSuspend = suspension({
  kind: 'cronjob',
  noun: 'CronJob',
  consequence:
    'No new runs start until it is resumed. A run that is under way goes on and costs until it ends; suspend its Job to end it.',
  validStates: ['Active'],
  example: 'ml-west/search/cronjob/nightly-embeddings',
  savesPercent: 100,
  effect: ({ active }, what) =>
    `${what} is suspended: no new runs start.${active > 0 ? ` ${plural(active, 'run')} under way ${active === 1 ? 'goes' : 'go'} on.` : ''}`,
  refusal({ metadata }, what) {
    const owner = ownerOf(metadata);
    if (!owner) return undefined;
    return `${what} belongs to ${owner.kind} ${owner.name}, whose controller would resume it: suspend that instead.`;
  },
  // Its runs are jobs of their own: they are not what was asked to end.
  ended: ({ active }, what) => ({
    done: true,
    said: `${what} is suspended.${active > 0 ? ` ${plural(active, 'run')} under way ${active === 1 ? 'goes' : 'go'} on.` : ''}`,
  }),
  resumed: (_found, what) => ({ done: true, said: `${what} runs on its schedule again.` }),
});
