import { z } from 'zod';
import { day } from '../../../ground/platform/input.ts';
import { contactChannels } from '../channels.ts';
import type { ContactPart } from './count-contacts.ts';
import type { Compared, ContactFigures, ContactNumbers, ContactNumbersRow } from './get-contact-numbers.ts';

/** `GET /contacts/numbers` */
export const contactNumbersQuery = z.strictObject({
  since: day.meta({ description: 'The first business day.' }),
  until: day
    .optional()
    .meta({ description: 'The last business day, three years later at the most; today unless given.' }),
  channel: z.enum(contactChannels).optional().meta({ description: 'By this channel alone.' }),
  staffId: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'What was with this member of staff, and what they were to answer.' }),
});

const figures = z
  .object({
    incoming: z.int().meta({ description: 'Begun by customers, calls that nobody took among them.' }),
    outgoing: z.int(),
    missed: z.int().meta({ description: 'Calls of customers that nobody took.' }),
    unreached: z.int().meta({ description: 'Calls of ours that nobody took.' }),
    seconds: z.int().meta({ description: 'How long those took whose length is known.' }),
    timed: z.int().meta({ description: 'Those whose length is known.' }),
    satisfaction: z.number().nullable().meta({ description: 'The mean of what was said, 1 to 5.' }),
    satisfied: z.int().meta({ description: 'How many said it.' }),
    waited: z.int().meta({
      description:
        'Those that somebody waited for: mails, calls that nobody took, and what asked for an answer.',
    }),
    answered: z.int().meta({ description: 'Those of them that were answered since.' }),
    medianSeconds: z.int().nullable().meta({
      description: 'Half of them were answered within, by the clock, nights and days off included.',
    }),
    ninthSeconds: z.int().nullable().meta({ description: 'Nine of ten were.' }),
  })
  .meta({ id: 'ContactFigures' });

const compared = { now: figures, before: figures };
const span = z.object({ since: z.string(), until: z.string() });
const parts = z.array(
  z.object({ since: z.string(), until: z.string(), contacts: z.int(), seconds: z.int() }),
);
const channel = z.enum(contactChannels).nullable();
const staffId = z.string().nullable().meta({ description: 'Null for nobody.' });

export const contactNumbersAnswer = z
  .object({
    period: span.meta({ description: 'Both days included.' }),
    before: span.meta({ description: 'As many days before.' }),
    total: z.object(compared),
    channels: z.array(z.object({ channel, ...compared })),
    people: z.array(z.object({ staffId, ...compared })),
    peopleByChannel: z.array(z.object({ staffId, channel, ...compared })),
    parts: z.object({ now: parts, before: parts }),
  })
  .meta({ id: 'ContactNumbers' });

export function toContactNumbersAnswer(numbers: ContactNumbers): z.output<typeof contactNumbersAnswer> {
  const { period, total, channels, people, both } = numbers;
  const staffOf = ({ staff }: ContactNumbersRow) => ({ staffId: staff?.id ?? null });
  return {
    period: { since: period.since, until: period.until },
    before: period.before,
    total: toCompared(total),
    channels: channels.map((row) => ({ channel: row.channel, ...toCompared(row) })),
    people: people.map((row) => ({ ...staffOf(row), ...toCompared(row) })),
    peopleByChannel: both.map((row) => ({ ...staffOf(row), channel: row.channel, ...toCompared(row) })),
    parts: { now: numbers.parts.now.map(toPart), before: numbers.parts.before.map(toPart) },
  };
}

const toCompared = ({ now, before }: Compared) => ({ now: toFigures(now), before: toFigures(before) });
const toPart = ({ since, until, contacts, seconds }: ContactPart) => ({ since, until, contacts, seconds });

function toFigures({ satisfactionSum, medianMs, ninthMs, ...figure }: ContactFigures) {
  return {
    ...figure,
    satisfaction:
      figure.satisfied === 0 ? null : Math.round((100 * satisfactionSum) / figure.satisfied) / 100,
    medianSeconds: secondsOf(medianMs),
    ninthSeconds: secondsOf(ninthMs),
  };
}

const secondsOf = (ms: number | null) => (ms === null ? null : Math.round(ms / 1000));
