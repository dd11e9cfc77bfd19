/** What is offered while somebody types: commands after "/", names after "@". */
import type { CommandView, PersonView, Snapshot } from '../wire.ts';

export type Offer =
  | { readonly kind: 'command'; readonly key: string; readonly command: CommandView }
  | { readonly kind: 'name'; readonly key: string; readonly name: string; readonly person?: PersonView };

const MOST_NAMES = 6;
/** An "@" that begins a word, and what follows it; names have spaces. */
const NAME_AT_END = /(?<=^|\s)@([\w.-]*(?: [\w.-]*)?)$/u;

/** `text` ends where the cursor is. */
export function offersFor(snapshot: Snapshot, text: string): Offer[] {
  if (/^\/\S*$/.test(text)) {
    return snapshot.commands
      .filter(({ command }) => command.startsWith(text))
      .map((command) => ({ kind: 'command', key: command.command, command }));
  }
  const begun = NAME_AT_END.exec(text)?.[1]?.toLowerCase();
  if (begun === undefined) return [];
  const people = [snapshot.bot, ...snapshot.people].map(
    (person): Offer => ({ kind: 'name', key: person.id, name: person.name, person }),
  );
  const groups = snapshot.usergroups.map(
    ({ id, handle }): Offer => ({ kind: 'name', key: id, name: handle }),
  );
  return [...people, ...groups]
    .filter((offer) => offer.kind === 'name' && fits(offer.name.toLowerCase(), begun))
    .slice(0, MOST_NAMES);
}

/** The text after the choice; the rest of the line stays. */
export function complete(text: string, cursor: number, offer: Offer): { text: string; cursor: number } {
  const before = text.slice(0, cursor);
  const head =
    offer.kind === 'command'
      ? `${offer.command.command} `
      : before.replace(NAME_AT_END, () => `@${offer.name} `);
  return { text: head + text.slice(cursor).replace(/^ /, ''), cursor: head.length };
}

/** Whether choosing the offer would change anything: what is typed out in full is sent by Enter. */
export function isTyped(text: string, offer: Offer): boolean {
  return offer.kind === 'command' ? offer.command.command === text : text.endsWith(`@${offer.name}`);
}

function fits(name: string, begun: string): boolean {
  return name.startsWith(begun) || name.split(' ').some((word) => word.startsWith(begun));
}
