/** Every Slack limit a message, dialog or call of ours can meet, as data. The renderers refer to them by name. */

/** Counts are items; text limits are characters; `…Ms` are milliseconds. */
export const limits = {
  message: {
    blocks: 50,
    /** Characters of all blocks together. Slack names no number; posts are refused from about 11,300 on, so we stay below. */
    characters: 10_000,
    /** The `text` beside the blocks: recommended by Slack; longer than 40,000 is truncated by Slack. */
    fallback: 4_000,
  },
  blockId: 255,
  actionId: 255,
  header: 150,
  sectionText: 3_000,
  sectionFields: 10,
  sectionField: 2_000,
  /** Slack documents none for rich text; we hold it to the limit of every other text object. */
  richText: 3_000,
  context: { elements: 10, text: 2_000 },
  actions: { elements: 25 },
  button: { text: 75, value: 2_000, url: 3_000 },
  image: { altText: 2_000, title: 2_000, url: 3_000 },
  table: {
    perMessage: 1,
    /** Rows, the header row among them. */
    rows: 100,
    columns: 20,
    /** Slack refuses about 10,000 characters in all cells; the rest of the message needs room too. */
    characters: 7_000,
    /** Ours: one endless tag value must not push the other rows out. */
    cell: 300,
  },
  modal: {
    blocks: 100,
    /** Slack refuses views of more than 250 kB; ours stays readable long before that. */
    characters: 30_000,
    title: 24,
    submit: 24,
    close: 24,
    privateMetadata: 3_000,
    callbackId: 255,
    label: 2_000,
    hint: 2_000,
    placeholder: 150,
    inputValue: 3_000,
    options: 100,
    /** More of them become a menu. */
    checkboxes: 10,
    optionText: 75,
    /** Slack allows 150 for select menus since 2024 and 75 elsewhere: the smaller one is always safe. */
    optionValue: 75,
  },
  /** A request must be acknowledged within this time, and a `trigger_id` used. */
  ackMs: 3_000,
  triggerMs: 3_000,
  responseUrl: { uses: 5, lifetimeMs: 30 * 60_000 },
  /** The app's home: Slack refuses views of more than 250 kB; ours stays readable long before that. */
  home: { blocks: 100, characters: 30_000, tableWidth: 48 },
  /** Posting to one channel; Slack tolerates short bursts and names no number. */
  postsPerSecondPerChannel: 1,
  postBurst: 4,
  /** Ours: more than this would be late by minutes anyway, and is better tried again later. */
  waitingPerChannel: 200,
  /** Slack names no limit for a message's metadata; a key is short. */
  metadataKey: 500,
  /** A signed request older or newer than this is refused. */
  signatureAgeMs: 5 * 60_000,
} as const;
