/** The commands or names that fit what is typed, above the composer. */
import { Avatar } from './avatar.tsx';
import type { Offer } from './completion.ts';
import { usePage } from './context.ts';

export function CompletionMenu(props: {
  offers: readonly Offer[];
  picked: number;
  onPick: (offer: Offer) => void;
}) {
  const names = props.offers[0]?.kind === 'name';
  return (
    <div
      className="command-menu"
      role="listbox"
      aria-label={names ? 'Names' : 'Commands'}
      data-testid={names ? 'name-menu' : 'command-menu'}
    >
      {props.offers.map((offer, index) => (
        <button
          type="button"
          role="option"
          key={offer.key}
          aria-selected={index === props.picked}
          onMouseDown={(event) => {
            event.preventDefault();
            props.onPick(offer);
          }}
        >
          {offer.kind === 'command' ? <CommandOffer offer={offer} /> : <NameOffer offer={offer} />}
        </button>
      ))}
    </div>
  );
}

function CommandOffer({ offer: { command } }: { offer: Extract<Offer, { kind: 'command' }> }) {
  const { snapshot } = usePage();
  return (
    <>
      <Avatar person={snapshot.bot} size={30} />
      <span>
        <span>
          <strong>{command.command}</strong> <span className="usage">{command.usageHint}</span>
        </span>
        <small>{command.description}</small>
      </span>
      <em>{snapshot.bot.name}</em>
    </>
  );
}

function NameOffer({ offer }: { offer: Extract<Offer, { kind: 'name' }> }) {
  const { person, name } = offer;
  return (
    <>
      {person ? (
        <Avatar person={person} size={20} />
      ) : (
        <span className="group-mark" aria-hidden="true">
          @
        </span>
      )}
      <span className="offered-name">
        <strong>{name}</strong>
        <small>{person ? person.title : 'group'}</small>
      </span>
    </>
  );
}
