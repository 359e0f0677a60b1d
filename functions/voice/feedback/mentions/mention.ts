import { z } from 'zod';
import { day, issue, optionalName, webAddress } from '../../../ground/platform/input.ts';

export const PLACE_LENGTH_MAX = 60;
const RATING_MAX = 5;

/** Where something was said about the business, if not to it; by its link alone the place is known, where it is a well-known one. */
export const mentionInput = z
  .strictObject({
    place: optionalName(PLACE_LENGTH_MAX).meta({
      description: 'What the place is called; from the link unless given.',
      examples: ['Google'],
    }),
    url: webAddress
      .nullish()
      .transform((url) => (url ? plainLink(url) : null))
      .meta({ description: 'Its own address there. One that was told before is known.' }),
    author: optionalName(120).meta({ description: 'The name it was written under.', examples: ['Jo B.'] }),
    rating: z
      .int()
      .min(1)
      .max(RATING_MAX)
      .nullish()
      .transform((stars) => stars ?? null)
      .meta({ description: 'Of five stars.' }),
    saidOn: day
      .nullish()
      .transform((on) => on ?? null)
      .meta({ description: 'The business day on which it was said there; today unless given.' }),
  })
  .transform(({ place, ...mention }, context) => {
    const known = place ?? (mention.url === null ? null : placeOfLink(mention.url));
    if (known !== null) return { ...mention, place: known };
    context.addIssue(issue('required', 'is needed where there is no link', ['place']));
    return z.NEVER;
  });

/** What well-known places are called, by the name that stands before the ending of their host. */
const places: ReadonlyMap<string, string> = new Map([
  ['google', 'Google'],
  ['goo', 'Google'],
  ['facebook', 'Facebook'],
  ['fb', 'Facebook'],
  ['x', 'X'],
  ['twitter', 'X'],
  ['youtube', 'YouTube'],
  ['youtu', 'YouTube'],
  ['reddit', 'Reddit'],
  ['redd', 'Reddit'],
  ['trustpilot', 'Trustpilot'],
  ['instagram', 'Instagram'],
  ['threads', 'Threads'],
  ['tiktok', 'TikTok'],
  ['linkedin', 'LinkedIn'],
  ['bsky', 'Bluesky'],
  ['telegram', 'Telegram'],
  ['tripadvisor', 'Tripadvisor'],
  ['yelp', 'Yelp'],
  ['booking', 'Booking.com'],
  ['amazon', 'Amazon'],
  ['hotline', 'Hotline'],
  ['rozetka', 'Rozetka'],
]);

/** Hosts whose short name says nothing. */
const shortHosts: ReadonlyMap<string, string> = new Map([
  ['t.me', 'Telegram'],
  ['t.co', 'X'],
]);

/** What the place of a link is called: a well-known name, else the name of its host. */
export function placeOfLink(url: string): string {
  const labels = new URL(url).hostname.toLowerCase().split('.');
  const [before = '', last = ''] = labels.slice(-2);
  const isOfCountry = last.length === 2 && ['co', 'com'].includes(before);
  const name = labels.at(isOfCountry ? -3 : -2) ?? '';
  const host = labels.slice(['www', 'm'].includes(labels[0] ?? '') ? 1 : 0).join('.');
  return shortHosts.get(host) ?? places.get(name) ?? host.slice(0, PLACE_LENGTH_MAX);
}

const tracking = /^(utm_\w+|fbclid|gclid|igshid|igsh|si|ref_src|mc_[a-z]+)$/i;

/**
 * A link without what shops and networks add to it to see who follows, and without the words that a browser marks there, so that
 * the same words logged twice are known. Its fragment stays: it tells one review of a page from another.
 */
export function plainLink(url: string): string {
  const link = new URL(url);
  for (const name of [...link.searchParams.keys()]) if (tracking.test(name)) link.searchParams.delete(name);
  const [fragment = ''] = link.hash.slice(1).split(':~:');
  link.hash = fragment;
  return link.href;
}
