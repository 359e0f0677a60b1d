import { z } from 'zod';
import { locales } from '../../../languages/built.ts';
import { parseWeek } from '../../ground/platform/business-hours.ts';
import { day, freeText, identifier, lineOfText, webAddress } from '../../ground/platform/input.ts';
import { parseSpans } from './location.ts';

export const lengths = { name: 80, address: 200, phone: 40, hours: 400, directions: 1000, dayName: 80 };

/** A text in some languages; any other key is refused. */
const inLanguages = (text: z.ZodType<string, string | null | undefined>) =>
  z.strictObject(Object.fromEntries(locales.map((language) => [language, text.optional()])));

const week = lineOfText(lengths.hours).refine((text) => text === '' || parseWeek(text) !== null, {
  params: { code: 'invalid_hours' },
  message: 'has to be spans such as Mon-Fri 09:00-17:00, Sat 10:00-14:00, or empty for by arrangement',
});

const spans = lineOfText(lengths.hours).refine((text) => parseSpans(text) !== null, {
  params: { code: 'invalid_hours' },
  message: 'has to be spans such as 10:00-14:00, or empty for closed',
});

const phone = z
  .string()
  .trim()
  .regex(/^(?:\+?[0-9][0-9 ()./-]{2,38})?$/);

export const setLocationInput = z.strictObject({
  id: z.string().max(100).nullable().default(null).meta({ description: 'Null for another one.' }),
  name: identifier(lengths.name),
  address: identifier(lengths.address),
  phone: phone.default('').meta({ description: 'Empty for none of its own.' }),
  hours: week.default('').meta({ description: 'Empty for by arrangement.' }),
  mapUrl: webAddress.nullable().default(null),
  directions: inLanguages(freeText(lengths.directions).transform((text) => text ?? ''))
    .default({})
    .meta({ description: 'How to get there, by language.' }),
});
export type SetLocationInput = z.input<typeof setLocationInput>;

export const setSpecialDayInput = z.strictObject({
  day,
  locationId: z.string().max(100).nullable().default(null).meta({ description: 'Null for all of them.' }),
  hours: spans.default('').meta({ description: 'Empty for closed.' }),
  names: inLanguages(lineOfText(lengths.dayName))
    .default({})
    .meta({ description: 'What day it is, by language.' }),
  isRemoved: z.boolean().default(false).meta({ description: 'True takes it back.' }),
});
export type SetSpecialDayInput = z.input<typeof setSpecialDayInput>;

const specialDay = z.object({
  day: z.string(),
  locationId: z.string().nullable(),
  hours: z.string(),
  names: z.record(z.string(), z.string()),
});

export const locationAnswer = z
  .object({
    id: z
      .string()
      .nullable()
      .meta({ description: 'Null for the business itself, where no location is kept.' }),
    name: z.string(),
    address: z.string(),
    phone: z.string(),
    hours: z.string(),
    mapUrl: z.string().nullable(),
    directions: z.record(z.string(), z.string()),
    isOpen: z.boolean().nullable().meta({ description: 'At this moment; null for by arrangement.' }),
    until: z.string().nullable().meta({ description: 'Until when it is open; null while it is not.' }),
    opensAt: z.string().nullable().meta({ description: 'When it opens next; null while it is open.' }),
    specialDays: z.array(specialDay),
  })
  .meta({ id: 'Location' });

export const locationSetAnswer = z.object({ id: z.string() });
export const specialDaySetAnswer = z.object({ day: z.string(), locationId: z.string().nullable() });

export const locationExample = {
  name: 'Old Town',
  address: '12 Market Street, Lviv',
  phone: '+380 32 000 0000',
  hours: 'Mon-Fri 09:00-18:00, Sat 10:00-14:00',
  directions: { en: 'Tram 7 to the town hall, then two minutes on foot.' },
};

export const specialDayExample = { day: '2026-12-24', hours: '09:00-13:00', names: { en: 'Christmas Eve' } };
