/** The dialog of a proposal: the exact resources, what will happen to each, who must approve, and why it is asked. */
import { bold, type Element, type Form, type Span, text } from '../elements.ts';
import { formatMoney } from '../format.ts';
import type { ItemShown, ProposalShown, When } from './proposal-types.ts';
import { capital, itemFacts, needWords, savingWords } from './proposal-words.ts';

const LABEL = 70;

export function composeProposalForm(
  proposal: ProposalShown,
  need: Pick<ProposalShown, 'approvalsNeeded' | 'policy'>,
  when: When,
): Form {
  const { id, items, mode, approvers } = proposal;
  const possible = items.filter(({ state }) => state === 'planned' || state === 'skipped');
  const refused = items.filter(({ state }) => state === 'refused');
  const chosen = possible.filter(({ state }) => state === 'planned');
  const saves = { ...proposal, ...savingOf(chosen) };
  return {
    form: 'proposal',
    text: `proposal ${id}`,
    title: 'Shut down',
    ...(possible.length > 0 && { submit: need.approvalsNeeded > 0 ? 'Request approval' : 'Do it' }),
    intro: [
      ...(mode === 'dry-run'
        ? [bold('Dry run: '), text('everything is shown and planned, nothing will be called. ')]
        : []),
      text(`${savingWords(saves)} ${needWords(need)} ${approverWords(approvers.map(({ name }) => name))}`),
    ],
    body: [
      { kind: 'list', items: possible.map((item) => happens(item, proposal, when)) },
      ...refusals(refused, proposal, when),
    ].filter((element) => element.kind !== 'list' || element.items.length > 0) as Element[],
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

function happens(item: ItemShown, proposal: ProposalShown, when: When): Span[] {
  const { name, resourceId, effect, details, tags, reversible } = item;
  const facts = details.map(({ label, value }) => `${label}: ${value}`).join(' · ');
  const tagged = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return [
    bold(name),
    text(
      ` · ${itemFacts(item, proposal, when)}. ${effect ?? ''} ${reversible ? 'Can be undone.' : 'Cannot be undone.'}`,
    ),
    text(
      `${facts ? ` ${facts}.` : ''}${tagged.length > 0 ? ` Tags: ${clip(tagged.join(', '), 120)}.` : ''}${resourceId === name ? '' : ` ${clip(resourceId, 160)}`}`,
    ),
  ];
}

function refusals(refused: readonly ItemShown[], proposal: ProposalShown, when: When): Element[] {
  if (refused.length === 0) return [];
  return [
    { kind: 'text', spans: [bold('Not possible')] },
    {
      kind: 'list',
      items: refused.map((item) => [
        bold(item.name),
        text(` · ${itemFacts(item, proposal, when)}. ${item.said ?? ''}`),
      ]),
    },
  ];
}

function savingOf(items: readonly ItemShown[]): { savingMicros?: bigint } {
  if (items.length === 0 || items.some(({ savingMicros }) => savingMicros === undefined)) return {};
  return { savingMicros: items.reduce((sum, { savingMicros = 0n }) => sum + savingMicros, 0n) };
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
