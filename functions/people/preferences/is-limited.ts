import type { TopicByChannel } from '../../ground/outbox/topics.ts';
import type { House } from '../../ground/room.ts';

/**
 * Whether anything of a topic comes unasked by a channel, as a kind of mail or as what staff say in person: nothing else is
 * counted, so that there alone it makes sense to choose how often.
 */
export function isLimited(
  { letters, unasked }: Pick<House, 'letters' | 'unasked'>,
  { topic, channel }: TopicByChannel,
): boolean {
  if (channel !== 'mail') return unasked.length > 0;
  return [...letters.values()].some((form) => form.topic === topic && form.isUnasked);
}
