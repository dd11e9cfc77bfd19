/** Who owns something, with the chain of evidence; and what changed. */
import type { Day } from '../../core/day.ts';
import { parseScope, type Scope } from '../../core/scope.ts';
import { type Button, bold, type Element, type Span, text, type View } from '../elements.ts';
import { costCommandOf, formatMoment, scopeHeading, scopeTitle, scopeWord } from './scope-words.ts';

export interface OwnerStepShown {
  readonly place: 'file' | 'chat' | 'tag' | 'rule' | 'team';
  readonly owner?: { readonly name: string };
  readonly scope?: string;
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
  readonly rules?: readonly { readonly rule: string; readonly team: string }[];
  readonly team?: string;
}

const PLACES: Readonly<Record<OwnerStepShown['place'], string>> = {
  file: 'pennywatch.yaml',
  chat: 'Set in chat',
  tag: 'Owner tag on its charges',
  rule: 'Allocation rule',
  team: 'Team default',
};
const NAMED = 3;
const LISTED = 30;

export function composeOwner(input: {
  scope: Scope;
  owner?: { readonly name: string };
  steps: readonly OwnerStepShown[];
  setBy?: { readonly name: string; readonly at: Date };
  today: Day;
  timeZone: string;
}): View {
  const { scope, owner, steps, setBy, today, timeZone } = input;
  const decided = steps.findIndex((step) => step.owner);
  const inFile = steps.some((step) => step.place === 'file' && step.owner && step.scope === undefined);
  const cost = costCommandOf(scope);
  return {
    elements: [
      {
        kind: 'heading',
        text: owner ? `${owner.name} owns ${scopeTitle(scope)}` : `Nobody owns ${scopeTitle(scope)}`,
      },
      {
        kind: 'list',
        ordered: true,
        items: steps.map((step, index): Span[] => [
          bold(`${PLACES[step.place]}: `),
          text(foundWords(step)),
          ...(step.place === 'chat' && step.owner && setBy
            ? [text(` (by ${setBy.name}, ${formatMoment(setBy.at, timeZone, today)})`)]
            : []),
          ...(index === decided ? [bold(' ← decides')] : []),
        ]),
      },
      {
        kind: 'actions',
        buttons: [
          ...(owner || inFile ? [] : [claimButton(scope)]),
          ...(inFile ? [] : [setButton(scope)]),
          ...(cost ? [{ label: 'What it costs', action: { do: 'command' as const, text: cost } }] : []),
        ],
      },
      {
        kind: 'context',
        spans: [
          text(
            inFile
              ? 'pennywatch.yaml names the owner: change it there.'
              : 'The first that names somebody decides.',
          ),
        ],
      },
    ],
  };
}

export function composeOwned(
  owned: readonly { scope: string; owner: string; managedBy: 'file' | 'chat' }[],
): View {
  const shown = owned.slice(0, LISTED);
  const table: Element = {
    kind: 'table',
    columns: [{ title: 'What' }, { title: 'Owner' }, { title: 'Managed by' }],
    rows: shown.map(({ scope, owner, managedBy }) => [
      scopeTitle(parseScope(scope)),
      owner,
      managedBy === 'file' ? 'pennywatch.yaml' : 'chat',
    ]),
    ...(owned.length > shown.length && {
      more: `and ${owned.length - shown.length} more: ask for one, e.g. owner bert`,
    }),
  };
  return {
    elements: [
      {
        kind: 'heading',
        text: owned.length === 0 ? 'No owner is written down yet' : `${owned.length} owners are written down`,
      },
      ...(owned.length > 0 ? [table] : []),
      { kind: 'text', spans: [text('Ask for one thing to see who owns it and what says so: owner NAME.')] },
      { kind: 'actions', buttons: [setButton()] },
    ],
  };
}

export function composeOwnerChanged(input: { scope: Scope; before?: string; after?: string }): View {
  const { scope, before = 'nobody', after = 'nobody' } = input;
  return {
    elements: [
      {
        kind: 'text',
        spans:
          before === after
            ? [bold(`${after} owns ${scopeTitle(scope)}, as before.`)]
            : [
                bold(`${scopeHeading(scope)}: owner ${before} → ${after}.`),
                text(' Written down with your name and the time.'),
              ],
      },
      {
        kind: 'actions',
        buttons: [{ label: 'What says so', action: { do: 'command', text: `owner ${scopeWord(scope)}` } }],
      },
    ],
  };
}

function foundWords(step: OwnerStepShown): string {
  const { place, owner, scope, tags = [], rules = [], team } = step;
  switch (place) {
    case 'file':
    case 'chat':
      if (!owner) return place === 'file' ? 'names no owner' : 'nothing';
      return `${owner.name}${scope ? `, for ${scopeTitle(parseScope(scope))}` : ''}`;
    case 'tag':
      if (tags.length === 0) return 'none of its charges has one';
      return `${tagWords(tags)}${owner ? `: ${owner.name}` : tags.length > 1 ? ', which name no one person of pennywatch.yaml' : ', which is nobody in pennywatch.yaml'}`;
    case 'rule':
      if (rules.length === 0) return 'none gives its charges to a team';
      return `${ruleWords(rules)}${owner ? `, owned by ${owner.name}` : ''}`;
    case 'team':
      if (team === undefined) return 'it is in no team';
      return owner ? `${owner.name} owns team ${team}` : `team ${team} has no owner`;
  }
}

function tagWords(tags: NonNullable<OwnerStepShown['tags']>): string {
  return listed(tags.map(({ key, value }) => `${key}=${value.slice(0, 80)}`));
}

function ruleWords(rules: NonNullable<OwnerStepShown['rules']>): string {
  return listed(rules.map(({ rule, team }) => `"${rule}" gives it to team ${team}`));
}

function listed(words: readonly string[]): string {
  const rest = words.length - NAMED;
  return `${words.slice(0, NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function claimButton(scope: Scope): Button {
  return {
    label: 'I own it',
    style: 'primary',
    action: { do: 'command', text: `owner claim ${scopeWord(scope)}` },
  };
}

function setButton(scope?: Scope): Button {
  const words = scope ? `owner set ${scopeWord(scope)}` : 'owner set';
  return { label: 'Set owner…', action: { do: 'form', form: 'owner-set', text: words } };
}
