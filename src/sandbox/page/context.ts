/** What every component may ask: the snapshot, names, files, and how to enlarge a picture. */
import { createContext, useContext } from 'react';
import type { FileView, PersonView, Snapshot } from '../wire.ts';

export interface PageContext {
  readonly snapshot: Snapshot;
  readonly theme: 'light' | 'dark';
  enlarge(picture: { url: string; alt: string }): void;
}

export const Page = createContext<PageContext | undefined>(undefined);

export function usePage(): PageContext {
  const page = useContext(Page);
  if (!page) throw new Error('This component stands outside the page.');
  return page;
}

const SLACKBOT: PersonView = { id: 'USLACKBOT', name: 'Slackbot', title: 'Slack', colour: '#616061' };

export function findAuthor(snapshot: Pick<Snapshot, 'bot' | 'people'>, id: string): PersonView {
  if (id === SLACKBOT.id) return SLACKBOT;
  if (id === snapshot.bot.id) return snapshot.bot;
  return snapshot.people.find((person) => person.id === id) ?? { id, name: id, title: '', colour: '#616061' };
}

/** The uploaded picture that a block's `slack_file` names. */
export function findPicture(snapshot: Snapshot, reference: unknown): FileView | undefined {
  const { id, url } = (reference ?? {}) as { id?: string; url?: string };
  return snapshot.files.find((file) => file.id === id || url?.endsWith(file.url));
}
