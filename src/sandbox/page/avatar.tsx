/** A person's square: initials on their colour; the app and Slack have a mark of their own. */
import type { PersonView } from '../wire.ts';

export function Avatar({ person, size }: { person: PersonView; size: number }) {
  const isApp = person.title === 'App';
  return (
    <span
      className={`avatar${isApp ? ' avatar-app' : ''}`}
      style={{ background: person.colour, width: size, height: size, fontSize: Math.round(size * 0.42) }}
      aria-hidden="true"
    >
      {isApp ? <AppMark /> : initials(person.name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '');
  return letters.join('').toUpperCase();
}

/** A coin with an eye on it. */
function AppMark() {
  return (
    <svg viewBox="0 0 24 24" width="72%" height="72%" role="presentation">
      <circle cx="12" cy="12" r="9.2" fill="none" stroke="#fff" strokeWidth="1.8" />
      <path d="M5.5 12c3.6-5 9.4-5 13 0-3.6 5-9.4 5-13 0z" fill="none" stroke="#fff" strokeWidth="1.6" />
      <circle cx="12" cy="12" r="2.3" fill="#fff" />
    </svg>
  );
}
