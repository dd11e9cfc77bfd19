/** How proposals are spoken of: what is done with what, who must approve and why, how far it is. */
import type { ApprovalReason, ItemState } from '../../core/action.ts';
import { parseScope } from '../../core/scope.ts';
import { countOf, formatMoney } from '../format.ts';
import type { ItemShown, ProposalShown, When } from './proposal-types.ts';
import { formatMoment, scopeTitle } from './scope-words.ts';

/** "its environment is prod", "it is about $2,310 a day, and the limit is $1,000". */
export function reasonWords(reason: ApprovalReason, currency: string): string {
  switch (reason.kind) {
    case 'mode':
      return 'nothing runs here without it';
    case 'amount':
      return `it is about ${formatMoney(reason.micros, currency)} a day (from ${formatMoney(reason.limitMicros, currency)} on)`;
    case 'environment':
      return `it is in ${reason.name}`;
    case 'risk':
      return `its risk is ${reason.risk}`;
    case 'irreversible':
      return 'it cannot be undone';
    case 'unknown-cost':
      return 'what it costs is not known';
    case 'unknown-environment':
      return 'its environment is not known, so it counts as prod';
  }
}

/** Resources that are acted on; what is refused or was not chosen is left out. */
export function chosenItems({ items }: Pick<ProposalShown, 'items'>): ItemShown[] {
  return items.filter(({ state }) => state !== 'skipped' && !isRefusedBefore(state));
}

function isRefusedBefore(state: ItemState): boolean {
  return state === 'refused';
}

/** "Stop bert-retrain-7", "Stop 3 resources of bert training". */
export function proposalTitle(
  proposal: Pick<ProposalShown, 'items' | 'scope' | 'kind' | 'undoTitle'>,
): string {
  const { kind, items } = proposal;
  const chosen = chosenItems(proposal);
  const meant = chosen.length > 0 ? chosen : items;
  const verbs = [...new Set(meant.map(({ verb }) => verb))];
  const verb =
    kind === 'undo' || kind === 'on-hours'
      ? 'start again'
      : verbs.length === 1
        ? (verbs[0] ?? 'stop')
        : 'shut down';
  const [first, second] = meant;
  const names =
    first && meant.length === 1
      ? first.name
      : first && second && meant.length === 2
        ? `${first.name} and ${second.name}`
        : `${countOf(meant.length, 'resource')} of ${scopeTitle(parseScope(proposal.scope))}`;
  // "Stop bert-retrain-7", but "Scale to zero: bert-prod".
  return verb.includes(' ') ? `${capital(verb)}: ${names}` : `${capital(verb)} ${names}`;
}

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** "Saves about $2,310 a day", or that it is unknown. */
export function savingWords({
  savingMicros,
  currency,
  kind,
}: Pick<ProposalShown, 'savingMicros' | 'currency' | 'kind'>): string {
  if (kind === 'undo' || kind === 'on-hours') return '';
  return savingMicros === undefined
    ? 'What it saves is unknown.'
    : `Saves about ${formatMoney(savingMicros, currency)} a day.`;
}

/** The same of single resources: those whose saving is unknown are counted. */
export function savingOfItems(
  items: readonly ItemShown[],
  proposal: Pick<ProposalShown, 'currency' | 'kind'>,
): string {
  const known = items.flatMap(({ savingMicros }) => savingMicros ?? []);
  const unknown = items.length - known.length;
  const sum = known.reduce((all, micros) => all + micros, 0n);
  const words = savingWords({
    currency: proposal.currency,
    kind: proposal.kind,
    ...(known.length > 0 && { savingMicros: sum }),
  });
  if (known.length === 0 || unknown === 0 || words === '') return words;
  return `${words.replace(/\.$/, '')}; for ${unknown} of the ${items.length} it is unknown.`;
}

/** "bert-7 is stopped." after its name in bold says it twice. */
export function withoutName(said: string | undefined, name: string): string | undefined {
  return said?.startsWith(`${name} `) ? said.slice(name.length + 1) : said;
}

/** What will happen to it, after its name was said: "it gets 120 seconds to save …". */
export function effectWords({ effect = '', name }: Pick<ItemShown, 'effect' | 'name'>): string {
  return effect.startsWith(`${name} `) ? `it ${effect.slice(name.length + 1)}` : effect;
}

/** "41 h", "12 days"; nothing when it is not known since when it exists. */
export function ageWords(createdAt: Date | undefined, now: number): string | undefined {
  if (!createdAt) return undefined;
  const hours = Math.floor((now - createdAt.getTime()) / 3_600_000);
  if (hours < 1) return 'under an hour';
  return hours < 72 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

/** "InService · 12 days · $96 a day · dev · Mira Chen": what decides, on one line. */
export function itemFacts(
  item: ItemShown,
  { currency }: Pick<ProposalShown, 'currency'>,
  { now }: Pick<When, 'now'>,
): string {
  const { live, costMicros, environment, owner, createdAt } = item;
  return [
    live && /^[A-Z][A-Z_]+$/.test(live) ? live.toLowerCase().replaceAll('_', ' ') : live,
    ageWords(createdAt, now),
    costMicros === undefined ? 'cost unknown' : `${formatMoney(costMicros, currency)} a day`,
    environment ?? 'environment unknown',
    owner,
  ]
    .filter((word) => word !== undefined)
    .join(' · ');
}

/** "Needs approval by two people (it is in prod)." */
export function needWords({
  approvalsNeeded,
  policy,
}: Pick<ProposalShown, 'approvalsNeeded' | 'policy'>): string {
  const why = policy.length > 0 ? ` (${policy.join('; ')})` : '';
  if (approvalsNeeded === 0) return "Needs nobody else's approval.";
  return approvalsNeeded === 1
    ? `Needs the approval of somebody else${why}.`
    : `Needs the approval of two people${why}.`;
}

/** Where it stands, with who and when. */
export function proposalState(proposal: ProposalShown, when: When): string {
  const {
    status,
    by,
    requestedAt,
    createdAt,
    expiresAt,
    endedBy,
    note,
    notBefore,
    approvals,
    approvalsNeeded,
  } = proposal;
  const at = (moment: Date) => formatMoment(moment, when.timeZone, when.today);
  const yes = approvals.filter(({ verdict }) => verdict === 'approve');
  const approved = yes.length > 0 ? `Approved by ${yes.map(({ name }) => name).join(' and ')}` : undefined;
  switch (status) {
    case 'draft':
      return 'Not sent yet';
    case 'waiting':
      return `${by} asks for it since ${at(requestedAt ?? createdAt)}${approved ? ` · ${approved} (${yes.length} of ${approvalsNeeded})` : ''} · expires ${at(expiresAt)}`;
    case 'approved':
      return `${approved ?? `Asked for by ${by}`}${notBefore && notBefore.getTime() > when.now ? ` · waits for the end of the quiet hours, ${at(notBefore)}` : ' · starts now'}`;
    case 'running':
      return `${approved ?? `Asked for by ${by}`} · being carried out`;
    case 'done':
    case 'partly':
    case 'failed':
      return `${approved ?? `Asked for by ${by}`}${proposal.finishedAt ? ` · ${at(proposal.finishedAt)}` : ''}`;
    case 'declined':
      return `Declined${endedBy ? ` by ${endedBy}` : ''}${note ? `: ${note.replace(/[.\s]+$/u, '')}` : ''}`;
    case 'withdrawn':
      return `Withdrawn${endedBy ? ` by ${endedBy}` : ''}`;
    case 'expired':
      return yes.length >= approvalsNeeded
        ? `Expired: ${approved ?? `asked for by ${by}`}, but not begun until ${at(expiresAt)}; nothing was called`
        : `Expired: nobody decided until ${at(expiresAt)}`;
  }
}

/** "Stopped bert-7", "Stopped 3, refused 1", "Dry run: would have stopped 2; nothing was called". */
export function outcomeWords(proposal: ProposalShown): string {
  const { mode, items } = proposal;
  const count = (state: ItemState) => items.filter((item) => item.state === state);
  const done = count('done');
  const [only] = chosenItems(proposal).length === 1 ? done : [];
  const parts = [
    ...groupBy(done, ({ past }) => past).map(
      ([past, some]) => `${past}${past.includes(' ') ? ':' : ''} ${only?.name ?? some.length}`,
    ),
    ...(['refused', 'failed', 'unclear', 'started'] as const).flatMap((state) => {
      const some = count(state).filter(({ said }) => state !== 'refused' || said !== undefined);
      return some.length === 0 ? [] : [`${STATE_WORDS[state]} ${some.length}`];
    }),
  ];
  const words = parts.length > 0 ? parts.join(', ') : 'nothing was done';
  return mode === 'dry-run' ? `Dry run, nothing was called: would have ${words}` : capital(words);
}

export const STATE_WORDS: Readonly<Record<ItemState, string>> = {
  planned: 'planned',
  refused: 'refused',
  skipped: 'not chosen',
  started: 'under way',
  done: 'done',
  failed: 'failed',
  unclear: 'not clear',
};

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}
