import { z } from 'zod';
import { standardChannels, standardKinds } from '../../../db/kinds.ts';
import { groups } from '../../insight/facts/group.ts';
import { levels } from '../../insight/levels/level-counts.ts';
import { apologySteps } from '../../voice/feedback/case-state.ts';
import { type KeptStandards, shareOf, type TimelyCount } from './kept/get-kept.ts';
import { stepWho } from './schema.ts';

/** What programs are told about standards and procedures. */

const id = z.string();
const kind = z.enum(standardKinds);
const channel = z.enum(standardChannels).nullable().meta({ description: 'How it came; null for any way.' });

export const standardsAnswer = z.object({
  items: z.array(
    z
      .object({
        id,
        kind,
        audience: z.enum(groups).nullable().meta({ description: 'Null for everybody.' }),
        level: z.enum(levels).nullable().meta({ description: 'Null for every level.' }),
        channel,
        hours: z.int().meta({ description: 'Business hours within which who waits is answered.' }),
      })
      .meta({ id: 'Standard' }),
  ),
  otherwise: z.int().meta({ description: 'Business hours where no standard fits: `replyHours`.' }),
});

export const setStandardAnswer = z.object({
  id: id.nullable().meta({ description: 'Null where no standard holds any more.' }),
  hours: z.int().nullable(),
});

export const proceduresAnswer = z.object({
  items: z.array(
    z
      .object({
        id,
        kind,
        channel,
        name: z.string(),
        steps: z.array(
          z.object({
            id,
            what: z.string(),
            who: z.enum(stepWho).meta({ description: 'Who may do it.' }),
            proof: z
              .enum(apologySteps)
              .nullable()
              .meta({ description: 'What of a case ticks it by itself; null where somebody does.' }),
          }),
        ),
      })
      .meta({ id: 'Procedure' }),
  ),
});

export const setProcedureAnswer = z.object({
  id: id.nullable().meta({ description: 'Null where there is no procedure any more.' }),
  steps: z.int(),
});

const kept = z
  .object({
    kept: z.int().meta({ description: 'Answered in time.' }),
    of: z.int().meta({ description: 'Of so many that were answered or overdue.' }),
    share: z
      .int()
      .nullable()
      .meta({ description: 'Per cent, rounded down; null under ten, where it cannot be told yet.' }),
  })
  .meta({ id: 'KeptStandard' });

export const keptAnswer = z.object({
  period: z.object({ since: z.string(), until: z.string() }).meta({ description: 'Both days included.' }),
  all: kept,
  people: z.array(
    z.object({
      staffId: z.string().nullable().meta({ description: 'Null for nobody, and for all who left together.' }),
      hasLeft: z.boolean(),
      all: kept,
      cases: kept,
      contacts: kept,
    }),
  ),
  kinds: z.array(z.object({ kind, ...kept.shape })),
});

const told = (one: TimelyCount) => ({ ...one, share: shareOf(one) });

export function toKeptAnswer({ period, all, people, kinds }: KeptStandards): z.output<typeof keptAnswer> {
  return {
    period: { since: period.since, until: period.until },
    all: told(all),
    people: people.map(({ staff, ...of }) => ({
      staffId: typeof staff === 'string' ? null : staff.id,
      hasLeft: staff === 'left',
      ...{ all: told(of.all), cases: told(of.cases), contacts: told(of.contacts) },
    })),
    kinds: kinds.map((one) => ({ kind: one.kind, ...told(one.all) })),
  };
}
