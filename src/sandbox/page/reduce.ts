/** What one person's page knows, and how events change it. */
import type { ChannelView, FileView, MessageView, PageEvent, Snapshot } from '../wire.ts';

/** The same snapshot, one event later. Applying an event twice changes nothing. */
export function applyEvent(snapshot: Snapshot, event: PageEvent): Snapshot {
  switch (event.kind) {
    case 'message':
      return {
        ...snapshot,
        messages: withMessage(snapshot.messages, event.message),
        files: withFiles(snapshot.files, event.files),
      };
    case 'deleted':
      return {
        ...snapshot,
        messages: snapshot.messages.filter(({ channel, ts }) => channel !== event.channel || ts !== event.ts),
      };
    case 'modals':
      return { ...snapshot, modals: event.modals, files: withFiles(snapshot.files, event.files) };
    case 'home':
      return { ...snapshot, home: event.home, files: withFiles(snapshot.files, event.files) };
    case 'channel':
      return { ...snapshot, channels: withChannel(snapshot.channels, event.channel) };
  }
}

function withMessage(messages: readonly MessageView[], message: MessageView): MessageView[] {
  const others = messages.filter(({ channel, ts }) => channel !== message.channel || ts !== message.ts);
  return [...others, message].sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

function withFiles(files: readonly FileView[], added: readonly FileView[]): FileView[] {
  const ids = new Set(added.map(({ id }) => id));
  return [...files.filter(({ id }) => !ids.has(id)), ...added];
}

function withChannel(channels: readonly ChannelView[], channel: ChannelView): ChannelView[] {
  const known = channels.some(({ id }) => id === channel.id);
  return known ? channels.map((one) => (one.id === channel.id ? channel : one)) : [...channels, channel];
}
