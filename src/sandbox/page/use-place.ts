/** Which channel, thread and message are open; kept in the address, so that links and "back" work. */
import { useEffect, useState } from 'react';
import type { Snapshot } from '../wire.ts';

export interface Place {
  readonly channel: string;
  readonly thread?: string;
  /** A message to show first, from a permalink. */
  readonly message?: string;
  /** In the app's conversation: its home instead of the messages. */
  readonly home?: boolean;
}

export function usePlace(snapshot: Snapshot): [Place, (place: Place) => void] {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = (): void => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const go = (place: Place): void => {
    const inside = place.home ? 'home' : place.thread && `t${place.thread}`;
    location.hash = [place.channel, inside].filter(Boolean).join('/');
  };
  return [readPlace(hash, snapshot), go];
}

/** "#C1", "#D1/home" (the app's home), "#C1/t123.456" (thread) or "#C1/p123456" (permalink); the first own channel otherwise. */
function readPlace(hash: string, snapshot: Snapshot): Place {
  const [channel = '', rest = ''] = hash.slice(1).split('/').map(decodeURIComponent);
  if (!snapshot.channels.some(({ id }) => id === channel)) {
    const mine = snapshot.channels.find(({ memberIds }) => memberIds.includes(snapshot.me));
    return { channel: (mine ?? snapshot.channels[0])?.id ?? '' };
  }
  if (rest === 'home') return { channel, home: true };
  if (rest.startsWith('t')) return { channel, thread: rest.slice(1) };
  if (rest.startsWith('p')) {
    const found = snapshot.messages.find(({ ts }) => ts.replace('.', '') === rest.slice(1));
    return {
      channel,
      ...(found ? { message: found.ts } : {}),
      ...(found?.threadTs ? { thread: found.threadTs } : {}),
    };
  }
  return { channel };
}
