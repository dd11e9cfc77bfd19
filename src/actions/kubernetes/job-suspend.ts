/** A Job that runs: its pods end, and start anew when it is resumed. */
import { suspension } from './suspension.ts';
import { ownerOf, plural } from './words.ts';

export const jobSuspend = suspension({
  kind: 'job',
  noun: 'Job',
  consequence:
    'Its pods end at once (they get their grace period to save); what is not saved is lost. Resumed, new pods start from the beginning or from their checkpoint.',
  validStates: ['Active', 'Waiting'],
  example: 'k8s://ml-west/search/job/bert-retrain-7',
  savesPercent: 100,
  effect: ({ active }, what) =>
    active > 0
      ? `${what} is suspended: its ${plural(active, 'pod')} ${active === 1 ? 'ends' : 'end'}, and what they have not saved is lost.`
      : `${what} is suspended before a pod of it runs.`,
  refusal({ finished, manager, metadata }, what) {
    if (finished) return `${what} is over already (${finished}): it costs nothing any more.`;
    if (manager) return `${what} is run by ${manager}, which would resume it by itself: stop it there.`;
    const owner = ownerOf(metadata);
    if (!owner || owner.kind === 'CronJob') return undefined;
    return `${what} belongs to ${owner.kind} ${owner.name}, whose controller would resume it: suspend that instead.`;
  },
  ended: ({ active }, what) =>
    active === 0
      ? { done: true, said: `${what} is suspended and has no pods.` }
      : {
          done: false,
          said: `${what} is suspended; ${plural(active, 'pod')} still ${active === 1 ? 'ends' : 'end'}.`,
        },
  resumed: ({ active }, what) =>
    active > 0
      ? { done: true, said: `${what} runs again with ${plural(active, 'pod')}.` }
      : { done: false, said: `${what} is resumed; no pod of it runs yet.` },
});
