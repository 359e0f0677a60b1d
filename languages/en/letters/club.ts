import type { clubMails } from '../../../functions/circle/club/letters/kinds.ts';
import { fact, type Letters, type Mentions } from '../../../functions/ground/outbox/letter-kind.ts';

const eventFacts = (event: { startsAt: number; place: string }, { formats }: Mentions) => [
  fact('When', formats.moment({ at: event.startsAt, day: null })),
  fact('Where', event.place),
];

export const club: Letters<typeof clubMails> = {
  club_invitation: ({ isBySpend }, { business }) => ({
    subject: `You are invited to join the ${business} club`,
    heading: 'Join our club',
    paragraphs: [
      isBySpend
        ? 'You have bought so much from us that you can now join our club.'
        : 'We would be glad to have you in our club.',
      'It costs nothing, and you can leave any time.',
    ],
    button: 'See the benefits and join',
    notes: [],
  }),
  club_welcome: ({ since }, { business, formats }) => ({
    subject: `Welcome to the ${business} club`,
    heading: 'Welcome to the club',
    paragraphs: [
      `You have been a member since ${formats.day(since)}. Your card and your benefits are on your club page.`,
    ],
    button: 'See your card',
    notes: ['You can leave any time, on the same page.'],
  }),
  club_declined: ({ reason }, { business }) => ({
    subject: `Your application to join the ${business} club`,
    heading: 'Not this time',
    paragraphs: [
      'Thank you for applying to join our club. We cannot accept your application at the moment. The reason:',
      reason,
    ],
    button: 'See how to join',
    notes: ['You are welcome to apply again.'],
  }),
  drop_open: ({ title, stock, closesAt }, { formats, inLanguage }) => ({
    subject: `Open to you now: ${inLanguage(title)}`,
    heading: inLanguage(title),
    paragraphs: ['You can claim one now. First come, first served; after that there is a waiting list.'],
    facts: [fact('Available', String(stock)), fact('Until', formats.moment({ at: closesAt, day: null }))],
    button: 'Claim one',
    notes: [],
  }),
  drop_claimed: ({ title, until }, { formats, inLanguage }) => ({
    subject: `Yours: ${inLanguage(title)}`,
    heading: 'One is reserved for you',
    paragraphs: [`We are keeping “${inLanguage(title)}” for you.`],
    ...(until === null
      ? {}
      : { facts: [fact('Kept for you until', formats.moment({ at: until, day: null }))] }),
    button: 'See your claim',
    notes: ['If you change your mind, give it up there and it goes to the next person.'],
  }),
  drop_waiting: ({ title }, { inLanguage }) => ({
    subject: `On the waiting list: ${inLanguage(title)}`,
    heading: 'You are on the waiting list',
    paragraphs: [
      `“${inLanguage(title)}” is fully claimed. If one becomes free, it goes to the next person on the list.`,
    ],
    button: 'See your place',
    notes: ['You do not need to do anything: we will email you when one is yours.'],
  }),
  drop_moved_up: ({ title, until }, { formats, inLanguage }) => ({
    subject: `One is free for you: ${inLanguage(title)}`,
    heading: 'One is now reserved for you',
    paragraphs: [`You were next on the list for “${inLanguage(title)}”. We are keeping it for you.`],
    ...(until === null
      ? {}
      : { facts: [fact('Kept for you until', formats.moment({ at: until, day: null }))] }),
    button: 'See your claim',
    notes: ['If you no longer want it, give it up there and it goes to the next person.'],
  }),
  event_invitation: (event, mentions) => ({
    subject: `You are invited: ${mentions.inLanguage(event.title)}`,
    heading: mentions.inLanguage(event.title),
    paragraphs: ['You are invited. Answer yes, no or maybe; you can change your answer later.'],
    facts: [
      ...eventFacts(event, mentions),
      fact('Reply by', mentions.formats.moment({ at: event.answerUntil, day: null })),
    ],
    button: 'Reply',
    notes: [],
  }),
  event_moved_up: (event, mentions) => ({
    subject: `You have a place: ${mentions.inLanguage(event.title)}`,
    heading: 'You now have a place',
    paragraphs: [`You were next on the list for “${mentions.inLanguage(event.title)}”.`],
    facts: eventFacts(event, mentions),
    button: 'See your answer',
    notes: ['If you can no longer come, say so there and your place goes to the next person.'],
  }),
  event_reminder: (event, mentions) => ({
    subject: `Tomorrow: ${mentions.inLanguage(event.title)}`,
    heading: 'See you soon',
    paragraphs: [`“${mentions.inLanguage(event.title)}” starts soon, and you have a place.`],
    facts: eventFacts(event, mentions),
    button: 'See the event',
    notes: ['If you cannot come, say so there and your place goes to the next person.'],
  }),
  event_cancelled: (event, mentions) => ({
    subject: `Cancelled: ${mentions.inLanguage(event.title)}`,
    heading: 'We had to cancel this event',
    paragraphs: [
      `“${mentions.inLanguage(event.title)}” will not take place. The reason:`,
      event.reason,
      'We are sorry.',
    ],
    facts: eventFacts(event, mentions),
    button: 'See the event',
    notes: [],
  }),
  benefit_withdrawn: ({ title, reason, bonus }, { formats, inLanguage }) => ({
    subject: `No longer a member benefit: ${inLanguage(title)}`,
    heading: 'We have to withdraw a benefit',
    paragraphs: [
      `“${inLanguage(title)}” is no longer a member benefit. The reason:`,
      inLanguage(reason),
      ...(bonus === null
        ? []
        : [`To make up for it, we have put ${formats.money(bonus)} into your account.`]),
      'We are sorry.',
    ],
    button: 'See your club page',
    notes: [],
  }),
  panel_outcome: ({ title, outcome }, { inLanguage }) => ({
    subject: `The result: ${inLanguage(title)}`,
    heading: 'You had your say, and we decided',
    paragraphs: [
      `You answered “${inLanguage(title)}”. This is the result:`,
      inLanguage(outcome),
      'Thank you.',
    ],
    button: 'See all answers',
    notes: [],
  }),
  directory_message: ({ from, text, address }) => ({
    subject: `A message from ${from}`,
    heading: `${from} has written to you`,
    paragraphs: [text],
    ...(address === null ? {} : { facts: [fact('Their email address', address)] }),
    button: 'Reply',
    notes: [
      'They do not see your email address unless you share it.',
      'You are in the members’ directory and can leave it any time.',
    ],
  }),
};
