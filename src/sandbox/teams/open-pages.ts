/**
 * When each person's page is told what was said, and how far it has been told. A page breaks when it is told of a
 * conversation before it has its configuration, and when it is told a message twice.
 */
import type { TeamsPerson } from '../sample-org/teams.ts';
import type { History, StreamEvent } from './history.ts';
import { isCurrent } from './person-view.ts';
import { type Invoke, personalView } from './personal-views.ts';

export interface OpenPages {
  /** A page is loading: it knows nothing yet. */
  loads(person: TeamsPerson): void;
  /** A page opens a conversation, as each does first of all once it has its configuration. */
  opens(person: TeamsPerson): void;
  /** A page listens. The returned function ends that. */
  listens(person: TeamsPerson, tell: (text: string) => void): () => void;
}

interface State {
  /** Pages that have loaded and do not listen yet. */
  fresh: number;
  ready: boolean;
  /** Number of the last event that was told. */
  told: number;
  waiting: (() => void)[];
}

/** `invoke` clicks in the client. */
export function createOpenPages(history: History, invoke: Invoke): OpenPages {
  const states = new Map<string, State>();
  const stateOf = ({ key }: TeamsPerson): State => {
    const state = states.get(key) ?? { fresh: 0, ready: false, told: 0, waiting: [] };
    states.set(key, state);
    return state;
  };
  return {
    loads(person) {
      const state = stateOf(person);
      state.fresh += 1;
      state.ready = false;
    },
    opens(person) {
      const state = stateOf(person);
      state.ready = true;
      for (const start of state.waiting.splice(0)) start();
    },
    listens(person, tell) {
      const state = stateOf(person);
      const fresh = state.fresh > 0;
      state.fresh = Math.max(0, state.fresh - 1);
      let stop: (() => void) | undefined;
      let ended = false;
      const listener = {
        current: isCurrent(person),
        tell(event: StreamEvent, number: number) {
          state.told = Math.max(number, state.told);
          tell(JSON.stringify(event));
          void tellOwnView(event, number);
        },
      };
      const newest = new Map<string, number>();
      const tellOwnView = async (event: StreamEvent, number: number) => {
        const id = event.message?.messageId ?? '';
        newest.set(id, number);
        const own = await personalView(event, person, invoke);
        // Whatever the message was changed to in the meantime counts.
        if (own && !ended && newest.get(id) === number) tell(JSON.stringify(own));
      };
      const start = () => {
        // One that listens anew after a mishap of its own still has what it was told.
        if (!ended) stop = history.follow(listener, fresh ? 0 : state.told);
      };
      if (state.ready || !fresh) start();
      else state.waiting.push(start);
      return () => {
        ended = true;
        stop?.();
      };
    },
  };
}
