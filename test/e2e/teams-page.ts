/** Microsoft's local Teams client in a browser, as one of the people of the sample organisation. */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

export interface TeamsPage {
  readonly page: Page;
  /** What went wrong in the page, without what the client does wrong by itself. */
  readonly troubles: string[];
  /** Opens a conversation by the name in the list. */
  go(place: string): Promise<void>;
  /** Types it in the conversation that is open, as a chat. */
  say(text: string): Promise<void>;
  /** Closes the list of what went over the wire, which covers the chat on a narrow screen. */
  closeLog(): Promise<void>;
  /** Cards that show the words, oldest first; posts of a channel are shown newest first. */
  cards(words: RegExp): Locator;
}

/** It loads fonts and an animation from Microsoft, which is not there, and draws icons too narrow at first. */
const ITS_OWN = /ERR_FAILED|ERR_NAME_NOT_RESOLVED|flair\.min\.js|foreignObject|favicon|404 \(Not Found\)/;
const THIS_MACHINE = /^https?:\/\/([a-z]+\.)?(localhost|127\.0\.0\.1)(:|\/)/;

export async function openTeams(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<TeamsPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 1300 },
    locale: 'en-US',
    ...options,
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (line) => {
    if (line.type() === 'error' && !ITS_OWN.test(line.text())) troubles.push(line.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  await page.route(
    (address) => /^http/.test(address.protocol) && !THIS_MACHINE.test(address.href),
    (route) => route.abort(),
  );
  await page.goto(url);
  await page.getByText('Personal Chat', { exact: true }).first().waitFor();
  return {
    page,
    troubles,
    async go(place) {
      await page.getByText(place, { exact: true }).first().click();
    },
    async say(text) {
      const box = page.getByRole('textbox').last();
      await box.click();
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    },
    async closeLog() {
      const title = page.getByText('Log Panel', { exact: true });
      await title.locator('xpath=ancestor::*[.//button][1]').getByRole('button').last().click();
      await title.waitFor({ state: 'detached' });
    },
    cards: (words) => page.locator('.ac-adaptiveCard').filter({ hasText: words }),
  };
}

/** Waits until the picture with such a description is there, and gives its width in pixels. */
export async function pictureIn(card: Locator): Promise<{ width: number; alt: string }> {
  const picture = card.locator('img.ac-image, .ac-image img').first();
  await picture.waitFor();
  await picture.evaluate(
    (image: HTMLImageElement) =>
      image.complete ||
      new Promise((resolve) => {
        image.onload = resolve;
        image.onerror = resolve;
      }),
  );
  return picture.evaluate((image: HTMLImageElement) => ({ width: image.naturalWidth, alt: image.alt }));
}
