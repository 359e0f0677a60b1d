import { z } from 'zod';
import { addressForms } from '../../ground/identity/address-form.ts';
import { channels, choosableTopics } from '../../ground/outbox/topics.ts';
import { instantAnswer, instantText } from '../../ground/platform/answer.ts';
import type { getPreferencesWithVerdicts, SaidWhen } from './get-preferences.ts';
import { formats } from './schema.ts';
import { refusals } from './verdict.ts';

const saidAnswer = z
  .object({ at: instantAnswer, source: z.string(), basis: z.string().nullable() })
  .nullable()
  .meta({
    description:
      'When and where it was said, and on what grounds somebody else wrote it down; null while nothing was said.',
  });
const until = z.string().nullable().meta({ description: 'The business day on which it begins again.' });

export const preferencesAnswer = z.object({
  customerId: z.string(),
  pausedUntil: until,
  weekMax: z
    .int()
    .meta({ description: 'What was not asked for, within seven days, by all channels together.' }),
  format: z.enum(formats),
  offers: z.boolean().nullable().meta({
    description:
      'Whether they want offers; null while they said nothing: then premium customers get none, and others do.',
  }),
  language: z.string().nullable(),
  tone: z.enum(addressForms).nullable(),
  said: saidAnswer,
  wishes: z.array(
    z.object({
      topic: z.enum(choosableTopics),
      channel: z.enum(channels),
      isOn: z.boolean(),
      monthMax: z.int().nullable().meta({ description: 'Within thirty days.' }),
      pausedUntil: until,
      said: saidAnswer,
      may: z.boolean().meta({ description: 'Whether they may be told unasked now.' }),
      because: z.enum(refusals).nullable().meta({ description: 'Why not.' }),
    }),
  ),
});

export const changedAnswer = z.object({
  customerId: z.string(),
  changed: z
    .array(z.string())
    .meta({ description: 'A topic and its channel, such as `club mail`, or a field.' }),
});

export const preferencesExample = {
  wishes: [{ topic: 'contact', channel: 'phone', isOn: false }],
  weekMax: 1,
  basis: 'said so on the phone on 3 May',
};

export function toPreferencesAnswer(
  customerId: string,
  { general, weekStandard, language, tone, wishes }: Awaited<ReturnType<typeof getPreferencesWithVerdicts>>,
): z.infer<typeof preferencesAnswer> {
  return {
    ...{ customerId, language, tone },
    pausedUntil: general.pausedUntil,
    weekMax: general.weekMax ?? weekStandard,
    format: general.format,
    offers: general.offers,
    said: toSaid(general.said),
    wishes: wishes.map(({ topic, channel, isOn, monthMax, pausedUntil, said, verdict }) => ({
      ...{ topic, channel, isOn, monthMax, pausedUntil },
      said: toSaid(said),
      may: verdict.may,
      because: verdict.may ? null : verdict.because,
    })),
  };
}

const toSaid = (said: SaidWhen | null) => said && { ...said, at: instantText(said.at) };
