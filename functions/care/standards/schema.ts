import { z } from 'zod';
import { standardChannels, standardKinds } from '../../../db/kinds.ts';
import { identifier } from '../../ground/platform/input.ts';
import { groups } from '../../insight/facts/group.ts';
import { levels } from '../../insight/levels/level-counts.ts';
import { apologySteps } from '../../voice/feedback/case-state.ts';
import { contactChannels } from '../contacts/channels.ts';

const STANDARD_HOURS = { from: 1, to: 720 } as const;
export const STEPS_MAX = 12;
const STEP_LENGTH_MAX = 300;
const NAME_LENGTH_MAX = 120;

/** Who may tick a step: everybody who handles it, managers and owners, or owners. */
export const stepWho = ['anyone', 'manager', 'owner'] as const;
export type StepWho = (typeof stepWho)[number];

const feedbackChannels = ['portal', 'till', 'api', 'survey', 'mention'] as const;

/** How each kind can come. */
const channelsOf = (kind: (typeof standardKinds)[number]): readonly (typeof standardChannels)[number][] =>
  kind === 'contact' ? contactChannels : feedbackChannels;

const place = {
  kind: z
    .enum(standardKinds)
    .meta({ description: 'Of feedback; or `contact`, for calls and mails that wait.' }),
  channel: z
    .enum(standardChannels)
    .nullish()
    .transform((value) => value ?? null)
    .meta({ description: 'How it came; left out for any way.' }),
};

const fits = ({ kind, channel }: { kind: (typeof standardKinds)[number]; channel: string | null }) =>
  channel === null || channelsOf(kind).some((one) => one === channel);
const misfit = {
  path: ['channel'],
  params: { code: 'other_kind' },
  message: 'is no way in which this comes',
};

/** `POST /standards`: within how many business hours who waits is answered. */
export const setStandardInput = z
  .strictObject({
    ...place,
    audience: z
      .enum(groups)
      .nullish()
      .transform((value) => value ?? null)
      .meta({ description: 'For this group of customers; left out for everybody.' }),
    level: z
      .enum(levels)
      .nullish()
      .transform((value) => value ?? null)
      .meta({ description: 'For this level of relationship; left out for all.' }),
    hours: z
      .int()
      .min(STANDARD_HOURS.from)
      .max(STANDARD_HOURS.to)
      .nullable()
      .meta({ description: 'Business hours; null where there is to be no standard any more.' }),
  })
  .refine(fits, misfit);
export type SetStandardInput = z.input<typeof setStandardInput>;

/** `POST /procedures`: what is done, step by step. */
export const setProcedureInput = z
  .strictObject({
    ...place,
    name: identifier(NAME_LENGTH_MAX),
    steps: z
      .array(
        z.strictObject({
          what: identifier(STEP_LENGTH_MAX),
          who: z.enum(stepWho).default('anyone').meta({ description: 'Who may do it.' }),
          proof: z
            .enum(apologySteps)
            .nullish()
            .transform((value) => value ?? null)
            .meta({ description: 'What of a case ticks it by itself; left out where somebody does.' }),
        }),
      )
      .max(STEPS_MAX)
      .meta({ description: 'In their order; none where there is to be no procedure any more.' }),
  })
  .refine(fits, misfit)
  .refine(({ kind, steps }) => kind !== 'contact' || steps.every(({ proof }) => proof === null), {
    ...{ path: ['steps'], params: { code: 'no_proof' }, message: 'of a contact are ticked by hand' },
  });
export type SetProcedureInput = z.input<typeof setProcedureInput>;

export const standardExample = { kind: 'complaint', audience: 'premium', hours: 4 } as const;
export const procedureExample = {
  kind: 'complaint',
  name: 'A complaint',
  steps: [
    { what: 'Apologise and listen', proof: 'listen' },
    { what: 'Send a new one', who: 'manager' },
  ],
} as const;
