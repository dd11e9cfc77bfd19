/** Tells open pages what changed; each page is one person. */
import type { PageEvent } from './wire.ts';

export interface OpenPage {
  readonly person: string;
  send(event: PageEvent): void;
  /** Ends the page's connection. */
  end(): void;
}

export interface Hub {
  /** Returns the function that ends the subscription. */
  subscribe(page: OpenPage): () => void;
  /** To everybody, or only to the people named. */
  publish(event: PageEvent, people?: readonly string[]): void;
  /** Ends every page's connection, so that a server can stop. */
  close(): void;
}

export function createHub(): Hub {
  const pages = new Set<OpenPage>();
  return {
    subscribe(page) {
      pages.add(page);
      return () => pages.delete(page);
    },
    publish(event, people) {
      for (const page of pages) {
        if (!people || people.includes(page.person)) page.send(event);
      }
    },
    close() {
      for (const page of pages) page.end();
      pages.clear();
    },
  };
}
