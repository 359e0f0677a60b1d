import { namedIn } from '../../../club/texts.ts';
import { fact, type Letters, type Mentions } from '../mail-kind.ts';
import type { clubMails } from './kinds.ts';

const named = (names: Record<string, string>) => namedIn(names, 'en');

const eventFacts = (event: { startsAt: number; place: string }, { formats }: Mentions) => [
  fact('When', formats.moment({ at: event.startsAt, day: null })),
  fact('Where', event.place),
];

export const en: Letters<typeof clubMails> = {
  club_invitation: ({ isBySpend }, { business }) => ({
    subject: `You are invited into the club of ${business}`,
    heading: 'Come into the club',
    paragraphs: [
      isBySpend
        ? 'You have been with us so much that the door is open to you: one press, and you are in.'
        : 'We would be glad to have you in our club: one press, and you are in.',
      'It costs nothing, and leaving is as easy as joining.',
    ],
    button: 'See what members have',
    notes: [],
  }),
  club_welcome: ({ since }, { business, formats }) => ({
    subject: `Welcome to the club of ${business}`,
    heading: 'Welcome to the club',
    paragraphs: [
      `You are a member since ${formats.day(since)}. Your card, and everything members have, is on your club page.`,
    ],
    button: 'See your card',
    notes: ['You can leave at any time, on the same page.'],
  }),
  club_declined: ({ reason }, { business }) => ({
    subject: `Your application to the club of ${business}`,
    heading: 'Not this time',
    paragraphs: ['Thank you for asking to join our club. We cannot let you in at the moment. Why:', reason],
    button: 'See how to get in',
    notes: ['You are welcome to ask again.'],
  }),
  drop_open: ({ title, stock, closesAt }, { formats }) => ({
    subject: `Open to you now: ${named(title)}`,
    heading: named(title),
    paragraphs: [
      'You may claim a piece from now on. First come, first served; then there is a waiting list.',
    ],
    facts: [fact('Pieces', String(stock)), fact('Until', formats.moment({ at: closesAt, day: null }))],
    button: 'Claim a piece',
    notes: [],
  }),
  drop_claimed: ({ title, until }, { formats }) => ({
    subject: `Yours: ${named(title)}`,
    heading: 'A piece is yours',
    paragraphs: [`We keep “${named(title)}” for you.`],
    ...(until === null
      ? {}
      : { facts: [fact('Kept for you until', formats.moment({ at: until, day: null }))] }),
    button: 'See your claim',
    notes: ['If you change your mind, give it up there: the next in line gets it.'],
  }),
  drop_waiting: ({ title }) => ({
    subject: `On the waiting list: ${named(title)}`,
    heading: 'You are on the waiting list',
    paragraphs: [
      `All pieces of “${named(title)}” are taken. When one comes free, it goes down the list in order.`,
    ],
    button: 'See your place',
    notes: ['Nothing to do: we write when one is yours.'],
  }),
  drop_moved_up: ({ title, until }, { formats }) => ({
    subject: `A piece came free: ${named(title)}`,
    heading: 'A piece came free, and it is yours',
    paragraphs: [`You were next on the list for “${named(title)}”. We keep it for you.`],
    ...(until === null
      ? {}
      : { facts: [fact('Kept for you until', formats.moment({ at: until, day: null }))] }),
    button: 'See your claim',
    notes: ['If you no longer want it, give it up there: the next in line gets it.'],
  }),
  event_invitation: (event, mentions) => ({
    subject: `An invitation: ${named(event.title)}`,
    heading: named(event.title),
    paragraphs: ['You are invited. Say yes, no or perhaps; you may change your mind.'],
    facts: [
      ...eventFacts(event, mentions),
      fact('Answer by', mentions.formats.moment({ at: event.answerUntil, day: null })),
    ],
    button: 'Answer',
    notes: [],
  }),
  event_moved_up: (event, mentions) => ({
    subject: `You have a place: ${named(event.title)}`,
    heading: 'A place came free, and it is yours',
    paragraphs: [`You were next on the list for “${named(event.title)}”.`],
    facts: eventFacts(event, mentions),
    button: 'See your answer',
    notes: ['If you can no longer come, say so there: the next in line gets the place.'],
  }),
  event_reminder: (event, mentions) => ({
    subject: `Tomorrow: ${named(event.title)}`,
    heading: 'See you soon',
    paragraphs: [`“${named(event.title)}” is about to begin, and you have a place.`],
    facts: eventFacts(event, mentions),
    button: 'See the event',
    notes: ['If you cannot come, say so there: the next in line gets the place.'],
  }),
  event_cancelled: (event, mentions) => ({
    subject: `Called off: ${named(event.title)}`,
    heading: 'We had to call it off',
    paragraphs: [`“${named(event.title)}” does not take place. Why:`, event.reason, 'We are sorry.'],
    facts: eventFacts(event, mentions),
    button: 'See the event',
    notes: [],
  }),
  benefit_withdrawn: ({ title, reason, bonus }, { formats }) => ({
    subject: `We cannot keep this: ${named(title)}`,
    heading: 'We promised something that we cannot keep',
    paragraphs: [
      `“${named(title)}” is no longer among what members have. Why:`,
      named(reason),
      ...(bonus === null ? [] : [`To make it good we have put ${formats.money(bonus)} into your account.`]),
      'We are sorry.',
    ],
    button: 'See your club page',
    notes: [],
  }),
  panel_outcome: ({ title, outcome }) => ({
    subject: `What became of it: ${named(title)}`,
    heading: 'You were asked, we decided',
    paragraphs: [`You answered “${named(title)}”. This is what came of it:`, named(outcome), 'Thank you.'],
    button: 'See all answers',
    notes: [],
  }),
  directory_message: ({ from, text, address }) => ({
    subject: `A member writes: ${from}`,
    heading: `${from} writes to you`,
    paragraphs: [text],
    ...(address === null ? {} : { facts: [fact('Their address', address)] }),
    button: 'Answer',
    notes: [
      'They do not see your address unless you give it.',
      'You are in the members’ directory; you can leave it at any time.',
    ],
  }),
};
