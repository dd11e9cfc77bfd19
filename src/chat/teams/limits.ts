/** Every Teams limit a message, dialog or call of ours can meet, as data. The rest of this folder refers to them by name. */

/** Counts are items; text limits are characters; `…Ms` are milliseconds. "Ours" marks what Teams leaves open. */
export const limits = {
  message: {
    /** About 100 KB as UTF-16, cards included, base64 pictures not (Microsoft: "keep it below 80 KB"); above: 413 MessageSizeTooBig. */
    bytes: 80 * 1024,
    /** Ours: a longer message is not read. */
    parts: 50,
    /** What a notification shows; ours. */
    summary: 240,
  },
  /** Ours, as in Slack: one paragraph. */
  paragraph: 3_000,
  list: { items: 60, characters: 6_000 },
  fields: { items: 60, characters: 6_000 },
  /** Ours: a longer heading is a paragraph in bold. */
  heading: 150,
  link: 2_000,
  table: {
    /** Ours: more are unreadable in a chat. */
    columns: 10,
    rows: 100,
    /** Ours: one endless tag value must not push the other rows out. */
    cell: 300,
  },
  /** More actions in a set than 6 are dropped without a word (Microsoft: "maximum of six primary actions"). */
  actions: { perSet: 6, title: 75, id: 200 },
  image: {
    /** Microsoft: pictures are at most 1024 × 1024 pixels and 1 MB. */
    width: 1_024,
    height: 1_024,
    /** Ours: a chart of 900 pixels becomes at most 1024 wide. */
    density: 1.1,
    /** Of all pictures inside one message; ours is stricter than 1 MB each. */
    bytes: 1024 * 1024,
    altText: 1_000,
  },
  form: {
    fields: 40,
    label: 300,
    hint: 500,
    placeholder: 150,
    inputValue: 4_000,
    /** Ours: a longer list cannot be looked through. */
    options: 100,
    /** More of them become a menu to choose from. */
    expanded: 10,
    optionText: 200,
    optionValue: 200,
    /** What a submission may bring back. */
    submitted: { values: 100, characters: 20_000 },
  },
  /** A message edit makes the card ask again for at most so many people (Universal Actions, "refresh.userIds"). */
  refreshUsers: 60,
  /** Dialogs: "large" is the widest Teams has. */
  dialog: { width: 'large', height: 'large', title: 200 },
  /** Ours: the key of a message. */
  key: 500,

  /** Sending to one conversation (Microsoft: rate limits per bot per thread). */
  sends: [
    { count: 7, perMs: 1_000 },
    { count: 8, perMs: 2_000 },
    { count: 60, perMs: 30_000 },
    { count: 1_800, perMs: 3_600_000 },
  ],
  /** Asking who is in one conversation (the same page). */
  memberLookups: [
    { count: 14, perMs: 1_000 },
    { count: 120, perMs: 30_000 },
  ],
  /** One app in one tenant (the same page). */
  requestsPerSecondPerTenant: 30,
  /** Ours: more than this would be late by minutes, and is better tried again later. */
  waitingPerConversation: 200,
  retry: {
    /** Microsoft: retry these "with an exponential backoff strategy with jitter". */
    statuses: [412, 429, 502, 504],
    /** Ours. */
    attempts: 5,
    firstMs: 1_000,
    longestMs: 30_000,
  },

  /** Ours: Teams gives up on an invoke after some 10 to 15 seconds, and names no number. */
  invokeMs: 8_000,
  /** Ours: what takes longer shows that somebody is writing. */
  typingMs: 1_000,
  /** Ours: an activity with the same id is a repeat for so long. */
  replayMs: 15 * 60_000,
  /** Ours: an activity older or newer than this is refused. */
  activityAgeMs: 10 * 60_000,
  /** Ours: views kept so that "Back" can show them again. */
  keptViews: 500,
} as const;
