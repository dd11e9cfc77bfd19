/** The dialog of a proposal: the exact resources, what will happen to each, who must approve, and why it is asked. */
import { bold, type Element, type Form, italic, text } from '../elements.ts';
import { formatMoney } from '../format.ts';
import type { ItemShown, ProposalShown, When } from './proposal-types.ts';
import { capital, effectWords, itemFacts, needWords, savingOfItems } from './proposal-words.ts';

const LABEL = 70;
/** Of so many what happens is told at length; the dearest come first. */
const DETAILED = 4;

export function composeProposalForm(
  proposal: ProposalShown,
  need: Pick<ProposalShown, 'approvalsNeeded' | 'policy'>,
  when: When,
): Form {
  const { id, items, mode, approvers } = proposal;
  const possible = items.filter(({ state }) => state === 'planned' || state === 'skipped');
  const refused = items.filter(({ state }) => state === 'refused');
  const chosen = possible.filter(({ state }) => state === 'planned');
  // More can be ticked than is: the sum is of what is ticked at first.
  const saves = savingOfItems(chosen, proposal);
  const ticked =
    possible.length > chosen.length ? saves.replace(/^Saves/, 'What is ticked now saves') : saves;
  return {
    form: 'proposal',
    text: `proposal ${id}`,
    title: 'Shut down',
    ...(possible.length > 0 && { submit: need.approvalsNeeded > 0 ? 'Request approval' : 'Do it' }),
    intro: [
      ...(mode === 'dry-run'
        ? [bold('Dry run: '), text('everything is shown and planned, nothing will be called. ')]
        : []),
      text(`${ticked} ${needWords(need)} ${approverWords(approvers.map(({ name }) => name))}`),
    ],
    body: [
      ...possible.slice(0, DETAILED).flatMap((item) => happens(item, proposal, when)),
      ...more(possible),
      ...refusals(refused, proposal, when),
    ],
    bodyBelow: 'items',
    fields:
      possible.length === 0
        ? []
        : [
            {
              kind: 'checks',
              name: 'items',
              label: 'What',
              options: possible.map((item) => ({
                value: String(item.id),
                label: clip(`${capital(item.verb)} ${item.name}`, LABEL),
                detail: clip(
                  [
                    item.costMicros === undefined
                      ? 'cost unknown'
                      : `${formatMoney(item.costMicros, proposal.currency)} a day`,
                    item.environment ?? 'environment unknown',
                    item.reversible ? 'can be undone' : 'cannot be undone',
                  ].join(' · '),
                  LABEL,
                ),
              })),
              values: chosen.map((item) => String(item.id)),
            },
            {
              kind: 'text',
              name: 'reason',
              label: 'Reason',
              placeholder: 'the retrain does not end',
              long: true,
            },
          ],
  };
}

/** What will happen, then the small print by which it is recognised. */
function happens(item: ItemShown, proposal: ProposalShown, when: When): Element[] {
  const { name, resourceId, details, tags, reversible } = item;
  const facts = details.map(({ label, value }) => `${label}: ${value}`);
  const tagged = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  const small = [
    ...facts,
    ...(tagged.length > 0 ? [`tags ${clip(tagged.join(', '), 160)}`] : []),
    ...(resourceId === name ? [] : [clip(resourceId, 160)]),
  ];
  return [
    { kind: 'text', spans: [bold(name), text(` · ${itemFacts(item, proposal, when)}`)] },
    {
      kind: 'text',
      spans: [
        italic('What happens:'),
        text(` ${effectWords(item)} `),
        bold(reversible ? 'Can be undone.' : 'Cannot be undone.'),
      ],
    },
    ...(small.length > 0 ? [{ kind: 'context' as const, spans: [text(small.join(' · '))] }] : []),
  ];
}

function more(possible: readonly ItemShown[]): Element[] {
  const names = possible.slice(DETAILED).map(({ name }) => name);
  return names.length > 0
    ? [{ kind: 'context', spans: [text(`The same in short for ${names.join(', ')}: see the list above.`)] }]
    : [];
}

function refusals(refused: readonly ItemShown[], proposal: ProposalShown, when: When): Element[] {
  if (refused.length === 0) return [];
  return [
    { kind: 'text', spans: [bold('Not possible')] },
    {
      kind: 'list',
      items: refused.map((item) => [
        bold(item.name),
        text(
          ` · ${itemFacts(item, proposal, when)}. ${capital(effectWords({ effect: item.said ?? '', name: item.name }))}`,
        ),
      ]),
    },
  ];
}

function approverWords(names: readonly string[]): string {
  if (names.length === 0)
    return 'Nobody can approve it yet: name people under actions.approvers in pennywatch.yaml.';
  const [last, ...others] = [...names].reverse();
  return `${others.length > 0 ? `${others.reverse().join(', ')} or ${last}` : last} can approve it.`;
}

function clip(words: string, most: number): string {
  return words.length > most ? `${words.slice(0, most - 1)}…` : words;
}
