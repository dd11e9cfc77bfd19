/** Keeps the page's snapshot current: loads it whenever the event stream opens, then applies events. */
import { useEffect, useState } from 'react';
import type { PageEvent, Snapshot } from '../wire.ts';
import { applyEvent } from './reduce.ts';
import { loadSnapshot } from './server.ts';

export interface Workspace {
  readonly snapshot: Snapshot | undefined;
  readonly online: boolean;
  /** In words; empty when all is well. */
  readonly problem: string;
}

/** `onEvent` sees every event that arrives live. */
export function useWorkspace(person: string, onEvent: (event: PageEvent) => void): Workspace {
  const [snapshot, setSnapshot] = useState<Snapshot>();
  const [online, setOnline] = useState(true);
  const [problem, setProblem] = useState('');

  useEffect(() => {
    let stopped = false;
    let stream: EventSource | undefined;
    /** Events that arrive while a snapshot is being loaded; undefined when none is. */
    let waiting: PageEvent[] | undefined;

    async function load(): Promise<string | undefined> {
      waiting = [];
      try {
        const loaded = await loadSnapshot(person);
        if (stopped) return undefined;
        setSnapshot(waiting.reduce(applyEvent, loaded));
        setProblem('');
        return loaded.me;
      } catch (error) {
        if (!stopped) setProblem(error instanceof Error ? error.message : String(error));
        return undefined;
      } finally {
        waiting = undefined;
      }
    }

    function listen(me: string): void {
      stream = new EventSource(`sandbox/events?person=${encodeURIComponent(me)}`);
      stream.onopen = () => {
        setOnline(true);
        void load();
      };
      stream.onerror = () => setOnline(false);
      stream.onmessage = ({ data }: MessageEvent<string>) => {
        const event = JSON.parse(data) as PageEvent;
        if (waiting) waiting.push(event);
        else setSnapshot((current) => current && applyEvent(current, event));
        onEvent(event);
      };
    }

    // Without a person chosen the server says who comes first.
    if (person) listen(person);
    else void load().then((me) => (me && !stopped ? listen(me) : undefined));
    return () => {
      stopped = true;
      stream?.close();
    };
  }, [person, onEvent]);

  return { snapshot, online, problem };
}
