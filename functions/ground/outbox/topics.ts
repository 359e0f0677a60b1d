/**
 * The ways in which the business reaches somebody who did not come by themselves (DOMAIN §6). The portal is none of them: what
 * is told lies there for whoever looks.
 */
export const channels = ['mail', 'phone', 'message', 'post'] as const;
export type Channel = (typeof channels)[number];

/**
 * What a customer may want to hear of or not, and the channels by which it can come. `contact` is what staff say in person,
 * unasked. Beside them is `service`, which is never offered: it answers something the reader did or what the business
 * owes them, such as codes, the states of their orders, a voucher and the answer to their case.
 */
export const topicChannels = {
  rewards: ['mail'],
  referral: ['mail'],
  surveys: ['mail'],
  club: ['mail'],
  feedback: ['mail'],
  occasions: ['mail'],
  news: ['mail'],
  contact: ['phone', 'message', 'post'],
} as const satisfies Record<string, readonly Channel[]>;

export type ChoosableTopic = keyof typeof topicChannels;
export type Topic = 'service' | ChoosableTopic;
/** What a mail may be about. */
export type MailTopic = Exclude<Topic, 'contact'>;

export const choosableTopics = [
  'rewards',
  'referral',
  'surveys',
  'club',
  'feedback',
  'occasions',
  'news',
  'contact',
] as const satisfies readonly ChoosableTopic[];

/** Those that a mail may be about. */
export const mailTopics = choosableTopics.filter((topic) => topic !== 'contact');

/** A topic and a channel by which it can come: what a wish is about. */
export interface TopicByChannel {
  topic: ChoosableTopic;
  channel: Channel;
}

export const subjects: readonly TopicByChannel[] = choosableTopics.flatMap((topic) =>
  topicChannels[topic].map((channel) => ({ topic, channel })),
);
