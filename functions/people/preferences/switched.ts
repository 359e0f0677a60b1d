import type { Channel, ChoosableTopic } from '../../ground/outbox/topics.ts';
import type { Wish } from './verdict.ts';

/** A wish that is switched on or off: how often, and a pause that runs, stay as they were said. */
export function switched(
  { topic, channel, monthMax, pausedUntil }: Wish & { topic: ChoosableTopic; channel: Channel },
  { isOn, today }: { isOn: boolean; today: string },
) {
  const isPaused = pausedUntil !== null && pausedUntil > today;
  return { topic, channel, isOn, monthMax, pausedUntil: isPaused ? pausedUntil : null };
}
