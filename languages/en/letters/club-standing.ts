import type { standingMails } from '../../../functions/circle/club/letters/standing-kinds.ts';
import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';

export const clubStanding: Letters<typeof standingMails> = {
  club_level_keep: ({ level, missing, by, graceThrough, fallsTo }, { formats, inLanguage }) => ({
    subject: `Keep ${inLanguage(level)}: ${formats.money(missing)} to go by ${formats.date(by)}`,
    heading: `Keep ${inLanguage(level)}`,
    paragraphs: [
      `Spend ${formats.money(missing)} more by ${formats.date(by)} and ${inLanguage(level)} stays yours for another year.`,
      ...(graceThrough === null
        ? []
        : [
            `If you need a little longer: what you buy until ${formats.date(graceThrough)} still counts, and you lose nothing before.`,
          ]),
      `Otherwise your level becomes ${inLanguage(fallsTo)}. Everything you have earned stays yours.`,
    ],
    button: 'See your level',
    notes: [],
  }),
  club_level_fell: ({ level, next }, { formats, inLanguage }) => ({
    subject: `Your club level is now ${inLanguage(level)}`,
    heading: `Your level is now ${inLanguage(level)}`,
    paragraphs: [
      'What you bought in the time that counts did not reach the level you had.',
      ...(next === null
        ? []
        : [
            `With ${formats.money(next.missing)} more this year you reach ${inLanguage(next.level)} again, at once.`,
          ]),
      'You are still a member, and everything you have earned stays yours.',
    ],
    button: 'See your level',
    notes: [],
  }),
  promise_made_good: ({ order, title, day, amount }, { formats, inLanguage }) => ({
    subject: 'We did not keep our promise',
    heading: 'We did not keep our promise',
    paragraphs: [
      order === null
        ? `On ${formats.date(day)} we did not keep “${inLanguage(title ?? {})}” for you.`
        : `Order ${order} was promised by ${formats.date(day)} and was not there in time.`,
      `We are sorry. To make up for it, we have put ${formats.money(amount)} into your account. You need not do anything.`,
    ],
    button: 'See your statement',
    notes: [],
  }),
  promise_poor: ({ title, kept, of }, { formats, inLanguage }) => ({
    subject: `Promised too much: ${title === null ? 'days of delivery' : inLanguage(title)}`,
    heading: 'A promise that is not kept often enough',
    paragraphs: [
      title === null
        ? 'Orders came by the day you promised in fewer than 95 of 100 cases over the last 90 days.'
        : `“${inLanguage(title)}” was kept in fewer than 95 of 100 cases over the last year.`,
      'Only promise what you can keep: withdraw it, or keep it and say why. The decision is yours; nothing changes until you make it.',
    ],
    facts: [
      fact('Promised', formats.number(of)),
      fact('Kept', formats.number(kept)),
      fact('Share kept', formats.percent(Math.floor((kept * 10_000) / of))),
    ],
    button: 'See the figures and decide',
    notes: [],
  }),
};
